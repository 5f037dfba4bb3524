from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript"]
PARAGRAPH_FEATURES = [*INLINE_FEATURES, "ol", "ul", "hr"]
GROUP = _("Text")


class ParagraphBlock(blocks.RichTextBlock):
    """Running text. Leaves the API as finished HTML, with the links resolved."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or PARAGRAPH_FEATURES, **kwargs)

    def get_api_representation(
        self, value: RichText, context: dict[str, Any] | None = None
    ) -> str:
        return expand_db_html(value.source)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = GROUP
        template = "blocks/paragraph.html"
        description = _("Running text with links, bold words and lists.")
        preview_value = "<p>认证不是一张证书，而是<b>把日常工作做稳</b>的方法。</p>"


class HeadingValue(blocks.StructValue):
    @property
    def anchor_id(self) -> str:
        """The fragment that links can point at: the editor's own, else one made of the heading's words."""
        return self["anchor"] or slugify(self["text"], allow_unicode=True)


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("h2", _("Section heading")), ("h3", _("Subsection heading"))],
        default="h2",
    )
    anchor = blocks.RegexBlock(
        label=_("anchor"),
        regex=r"^[a-z][a-z0-9-]*$",
        required=False,
        help_text=_(
            "Name for links to this place, in a-z, 0-9 and hyphens. Empty: made of the heading."
        ),
        error_messages={
            "invalid": _(
                "Use small letters, digits and hyphens, beginning with a letter."
            )
        },
    )

    def get_api_representation(
        self, value: HeadingValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            "text": value["text"],
            "level": int(value["level"][1]),
            "anchor": value.anchor_id,
        }

    class Meta:
        icon = "title"
        label = _("Heading")
        group = GROUP
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("Heading of a section, with an anchor that links can point at.")
        preview_value = {"text": "认证需要准备什么", "level": "h2", "anchor": ""}


class KeyPointsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=60, required=False)
    points = blocks.ListBlock(
        blocks.TextBlock(label=_("point"), rows=2), label=_("points"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        group = GROUP
        template = "blocks/key_points.html"
        description = _("The facts of a news page, one each line, before the text.")
        preview_value = {
            "title": "要点",
            "points": ["三个月完成体系搭建", "一次通过现场审核"],
        }


class NamedPointBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=60)
    text = blocks.TextBlock(label=_("text"), rows=3)

    class Meta:
        icon = "tag"
        label = _("Named point")


class NamedPointsBlock(blocks.StructBlock):
    items = blocks.ListBlock(NamedPointBlock(), label=_("points"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Named points")
        group = GROUP
        template = "blocks/named_points.html"
        description = _("Paragraphs that each begin with the name of their subject.")
        preview_value = {
            "items": [
                {"name": "差距诊断", "text": "对照标准逐条走访现场，列出缺口。"},
                {"name": "体系搭建", "text": "把要求写进现有流程，不另造一套文件。"},
            ]
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quote"), rows=3)
    speaker = blocks.CharBlock(label=_("speaker"), max_length=60, required=False)
    role = blocks.CharBlock(label=_("role"), max_length=80, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = GROUP
        template = "blocks/quote.html"
        description = _("What somebody said, with name and role.")
        preview_value = {
            "text": "以前靠人盯，现在靠流程跑。",
            "speaker": "周敏",
            "role": "质量总监",
        }


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("tone"),
        choices=[
            ("info", _("Information")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    text = ParagraphBlock(label=_("text"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Callout")
        group = GROUP
        template = "blocks/callout.html"
        description = _("A note that stands out from the text.")
        preview_value = {
            "tone": "tip",
            "title": "提前三个月",
            "text": "<p>证书到期前三个月申请再认证最稳妥。</p>",
        }
