"""List items, each with the lists that it stands in → nested HTML lists."""

from collections.abc import Sequence
from itertools import groupby

from articles.importers.lines import Line, inline_html


def list_html(items: Sequence[Line], depth: int = 0) -> str:
    """The items of one list and of the lists within it."""
    tag = items[0].lists[depth].tag
    own: list[str] = []
    for is_own, group in groupby(items, key=lambda item: len(item.lists) == depth + 1):
        if is_own:
            own += [inline_html(item.runs) for item in group]
        else:
            inner = _inner_lists(list(group), depth + 1)
            own.append(f"{own.pop() if own else ''}{inner}")
    return f"<{tag}>{''.join(f'<li>{html}</li>' for html in own)}</{tag}>"


def _inner_lists(items: list[Line], depth: int) -> str:
    lists = groupby(items, key=lambda item: item.lists[depth])
    return "".join(list_html(list(group), depth) for _list, group in lists)
