"""The texts of an object, as wagtail-localize finds them, without what makes it stumble.

Its own walk passes the raw JSON along beside the values, loses it in a struct within a struct, and then skips lists and
fails at images. Here every item has an id (`cms.translation.identifiers`), so values are all that is needed.
"""

from typing import Any

from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

Segments = list[Any]


class Extractor(StreamFieldSegmentExtractor):
    def handle_block(
        self, block_type: blocks.Block, block_value: Any, raw_value: Any = None
    ) -> Segments:
        if block_value is None and not isinstance(block_type, ImageBlock):
            return []
        if isinstance(block_type, EmbedBlock) and not block_value:
            return []
        return super().handle_block(block_type, block_value, raw_value=raw_value)

    def handle_list_block(
        self, list_block: blocks.list_block.ListValue, raw_value: Any = None
    ) -> Segments:
        return [
            segment.wrap(item.id)
            for item in list_block.bound_blocks
            for segment in self.handle_block(item.block, item.value)
        ]

    def handle_stream_block(self, stream_block: blocks.StreamValue) -> Segments:
        return [
            segment.wrap(child.id)
            for child in stream_block
            for segment in self.handle_block(child.block, child.value)
        ]

    def handle_image_block(
        self, block: ImageBlock, image_block_value: Any, raw_value: Any = None
    ) -> Segments:
        """The picture may be replaced in a translation; its alternative text is translated."""
        if image_block_value is None:
            return []
        image = OverridableSegmentValue("image", image_block_value.pk)
        text = StringSegmentValue(
            "alt_text", image_block_value.contextual_alt_text or ""
        )
        return [image, text]
