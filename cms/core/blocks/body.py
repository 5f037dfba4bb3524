from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks.facts import FAQBlock, StatisticsBlock, StepsBlock, TableBlock
from cms.core.blocks.media import DownloadBlock, GalleryBlock, ImageBlock, VideoBlock
from cms.core.blocks.service import (
    ArticleListBlock,
    CallToActionBlock,
    CityContactBlock,
    QuickFormBlock,
)
from cms.core.blocks.text import (
    CalloutBlock,
    HeadingBlock,
    KeyPointsBlock,
    NamedPointsBlock,
    ParagraphBlock,
    QuoteBlock,
)
from cms.core.placeholders import check_placeholders
from cms.core.stream_texts import iterate_texts


class ColumnBlock(blocks.StreamBlock):
    """What fits into half of the page's width."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    key_points = KeyPointsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    call_to_action = CallToActionBlock()
    city_contact = CityContactBlock()


class TwoColumnsBlock(blocks.StructBlock):
    left = ColumnBlock(label=_("left"))
    right = ColumnBlock(label=_("right"))

    class Meta:
        icon = "grip"
        label = _("Two columns")
        group = _("Layout")
        template = "blocks/two_columns.html"
        description = _("Two columns, one below the other on a phone.")
        preview_value = {
            "left": [("paragraph", "<p>左栏：适合放一段说明。</p>")],
            "right": [("paragraph", "<p>右栏：适合放一张图片或要点。</p>")],
        }


class BodyBlock(blocks.StreamBlock):
    """Every block that the body of a page can be made of."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    key_points = KeyPointsBlock()
    named_points = NamedPointsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    download = DownloadBlock()
    table = TableBlock()
    statistics = StatisticsBlock()
    steps = StepsBlock()
    faq = FAQBlock()
    call_to_action = CallToActionBlock()
    quick_form = QuickFormBlock()
    article_list = ArticleListBlock()
    city_contact = CityContactBlock()
    two_columns = TwoColumnsBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuses unknown placeholders, at the block in which they stand."""
        cleaned = super().clean(value)
        errors = {}
        for index, child in enumerate(cleaned):
            try:
                for text in iterate_texts(
                    child.block, child.block.get_prep_value(child.value)
                ):
                    check_placeholders(text.words)
            except ValidationError as error:
                errors[index] = error
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
