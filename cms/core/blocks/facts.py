from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue

from cms.core.blocks.text import ParagraphBlock
from cms.core.stream_texts import Change, StreamText

GROUP = _("Facts")


class TableBlock(WagtailTableBlock):
    """Wagtail's table, with cells and caption that wagtail-localize can take out, translate and put back."""

    CAPTION = "caption"

    def get_api_representation(
        self, value: dict[str, Any] | None, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        value = value or {}
        return {
            "caption": value.get("table_caption") or "",
            "header_row": bool(value.get("first_row_is_table_header")),
            "header_column": bool(value.get("first_col_is_header")),
            "rows": [[cell or "" for cell in row] for row in value.get("data") or []],
        }

    def change_texts(
        self, raw: dict[str, Any] | None, change: Change
    ) -> dict[str, Any] | None:
        """Cells and caption are the texts of a table."""
        if not raw:
            return raw

        def changed(text: str | None) -> str | None:
            return change(StreamText(text, is_html=False)) if text else text

        rows = [[changed(cell) for cell in row] for row in raw.get("data") or []]
        return {**raw, "data": rows, "table_caption": changed(raw.get("table_caption"))}

    def get_translatable_segments(
        self, value: dict[str, Any] | None
    ) -> list[StringSegmentValue]:
        if not value:
            return []
        cells = [
            StringSegmentValue(f"{row}:{column}", cell)
            for row, cells in enumerate(value.get("data") or [])
            for column, cell in enumerate(cells)
            if cell
        ]
        caption = value.get("table_caption")
        return [*cells, StringSegmentValue(self.CAPTION, caption)] if caption else cells

    def restore_translated_segments(
        self, value: dict[str, Any], segments: list[Any]
    ) -> dict[str, Any]:
        restored = {**value, "data": [list(row) for row in value.get("data") or []]}
        for segment in segments:
            text = segment.string.render_text()
            if segment.path == self.CAPTION:
                restored["table_caption"] = text
            else:
                row, column = map(int, segment.path.split(":"))
                restored["data"][row][column] = text
        return restored

    class Meta:
        icon = "table"
        label = _("Table")
        group = GROUP
        template = "blocks/table.html"
        description = _("Figures and facts in rows and columns.")
        preview_value = {
            "data": [["阶段", "用时"], ["诊断", "1 周"], ["试运行", "8 周"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "常见进度",
        }


class StatisticBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("figure"), max_length=20)
    unit = blocks.CharBlock(label=_("unit"), max_length=12, required=False)
    label = blocks.CharBlock(label=_("what it counts"), max_length=60)

    class Meta:
        icon = "order"
        label = _("Figure")


class StatisticsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StatisticBlock(), label=_("figures"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        label = _("Statistics")
        group = GROUP
        template = "blocks/statistics.html"
        description = _("A few large figures, each with what it counts.")
        preview_value = {
            "items": [
                {"value": "12", "unit": "年", "label": "服务经验"},
                {"value": "98.6", "unit": "%", "label": "一次通过率"},
            ]
        }


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("step"), max_length=60)
    text = blocks.TextBlock(label=_("text"), rows=2, required=False)

    class Meta:
        icon = "order-down"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2)

    class Meta:
        icon = "order-down"
        label = _("Process steps")
        group = GROUP
        template = "blocks/steps.html"
        description = _("A process from first to last step.")
        preview_value = {
            "items": [
                {"title": "提交需求", "text": "一个工作日内回电。"},
                {"title": "现场诊断", "text": "免费上门半天。"},
            ]
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=160)
    answer = ParagraphBlock(label=_("answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class FAQBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = GROUP
        template = "blocks/faq.html"
        description = _("Questions that open to their answers.")
        preview_value = {
            "items": [
                {"question": "多久可以拿证？", "answer": "<p>通常三到四个月。</p>"}
            ]
        }
