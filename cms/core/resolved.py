"""A page's texts as its readers get them: inherited where the page has none of its own, placeholders resolved."""

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue

from cms.core.placeholders import PlaceholderValues, has_placeholders, resolve
from cms.core.stream_texts import StreamText, change_texts

if TYPE_CHECKING:
    from cms.core.models import BasePage


class ResolvedTexts:
    """`page.resolved.title`, `page.resolved.body` and so on. HTML, API and feeds all read texts through this.

    What the page's texts stand for is looked up only when one of them has a placeholder.
    """

    def __init__(self, page: "BasePage") -> None:
        self._page = page
        self._streams: dict[str, tuple[StreamValue, StreamValue]] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        source = self._page.get_text(name)
        if isinstance(source, StreamValue):
            return self._resolve_stream_once(name, source)
        return self.resolve_text(source or "")

    def _resolve_stream_once(self, name: str, source: StreamValue) -> StreamValue:
        """Again only if the page has got another stream since then: what a stream refers to is looked up in it once.

        A page type that inherits makes its stream anew for each reading.
        """
        known, resolved = self._streams.get(name, (None, None))
        if resolved is None or known is not source:
            resolved = self._resolve_stream(source)
            self._streams[name] = (source, resolved)
        return resolved

    @cached_property
    def _values(self) -> PlaceholderValues:
        return self._page.get_placeholder_values()

    def resolve_text(self, text: str) -> str:
        """Any text as it reads on this page."""
        return resolve(text, self._values) if has_placeholders(text) else text

    def _resolve_stream(self, stream: StreamValue) -> StreamValue:
        """The stream itself when there is nothing to resolve in it, else another one with the same block ids."""
        changed = False

        def change(text: StreamText) -> str:
            nonlocal changed
            if not has_placeholders(text.words):
                return text.words
            changed = True
            return resolve(
                text.words, self._values, escape=escape if text.is_html else str
            )

        block = stream.stream_block
        raw = change_texts(block, stream.get_prep_value(), change)
        return block.to_python(raw) if changed else stream


def resolved_title(page: Any) -> str:
    """The title of a page that may be a bare Wagtail page, as in a list of ancestors."""
    if not has_placeholders(page.title):
        return page.title
    specific = page.specific
    return specific.resolved.title if hasattr(specific, "resolved") else page.title
