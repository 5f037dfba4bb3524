"""Content for whatever blocks there are: every place for words holds a text that stands nowhere else."""

from itertools import count
from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock

from tests.api.bodies import make_targets

VIDEO = "https://www.bilibili.com/video/BV1xx411c7mD"
HTML = (
    "<h3>{}</h3><p>{} <b>{}</b>、<i>{}</i> &amp; "
    '<a href="https://example.com/{}?a=1&amp;b=2">{}</a></p><ul><li>{}</li><li>{}</li></ul>'
)


class Writer:
    """Makes the raw value of any block. What it has written is in `texts`."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.texts: list[str] = []
        self.targets = make_targets()

    def text(self) -> str:
        self.texts.append(f"原文{next(self.numbers):04}号")
        return self.texts[-1]

    def html(self) -> str:
        start, bold, italic, link, first, second, heading = (
            self.text() for _ in range(7)
        )
        number = next(self.numbers)
        return HTML.format(heading, start, bold, italic, number, link, first, second)

    def stream(self, block: blocks.StreamBlock) -> list[dict[str, Any]]:
        return [
            {"type": name, "value": self.value(child), "id": f"{next(self.numbers)}"}
            for name, child in block.child_blocks.items()
        ]

    def value(self, block: blocks.Block) -> Any:
        for kinds, write in self.WRITERS:
            if isinstance(block, kinds):
                return write(self, block)
        message = f"{type(block).__name__}: are there words in it? Say so in WRITERS."
        raise AssertionError(message)

    def struct(self, block: blocks.StructBlock) -> dict[str, Any]:
        return {name: self.value(child) for name, child in block.child_blocks.items()}

    def items(self, block: blocks.ListBlock) -> list[dict[str, Any]]:
        return [
            {
                "type": "item",
                "value": self.value(block.child_block),
                "id": f"{next(self.numbers)}",
            }
            for _ in range(2)
        ]

    def image(self, block: ImageBlock) -> dict[str, Any]:
        return {
            "image": self.targets["image"].pk,
            "alt_text": self.text(),
            "decorative": False,
        }

    def table(self, block: TableBlock) -> dict[str, Any]:
        return {
            "data": [[self.text(), self.text()], [self.text(), None]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": self.text(),
        }

    def code(self, block: blocks.RegexBlock) -> str:
        """A name for programs; none where it would have to be that of something else."""
        if not block.field.required:
            return ""
        return f"key{next(self.numbers)}"

    def chosen(self, block: blocks.ChooserBlock) -> int | None:
        names = [
            name
            for name, target in self.targets.items()
            if isinstance(target, block.model_class)
        ]
        return self.targets[names[-1]].pk if names else None

    def page(self, block: blocks.PageChooserBlock) -> int:
        forms = any("form" in str(each).lower() for each in block.page_type or [])
        return self.targets["form" if forms else "page"].pk

    def choice(self, block: blocks.ChoiceBlock) -> str:
        return next((value for value, _label in block.field.choices if value), "")

    WRITERS = [
        (ImageBlock, image),
        (TableBlock, table),
        (blocks.StreamBlock, stream),
        (blocks.ListBlock, items),
        (blocks.StructBlock, struct),
        (blocks.RichTextBlock, lambda self, block: self.html()),
        (EmbedBlock, lambda self, block: VIDEO),
        (blocks.URLBlock, lambda self, block: "https://example.com/原文"),
        (blocks.EmailBlock, lambda self, block: "office@example.com"),
        (blocks.RegexBlock, code),
        (blocks.PageChooserBlock, page),
        (blocks.ChooserBlock, chosen),
        ((blocks.CharBlock, blocks.TextBlock), lambda self, block: self.text()),
        (blocks.IntegerBlock, lambda self, block: 3),
        (blocks.BooleanBlock, lambda self, block: True),
        (blocks.MultipleChoiceBlock, lambda self, block: []),
        (blocks.ChoiceBlock, choice),
    ]
