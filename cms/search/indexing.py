"""What is written into the index: the texts that Wagtail's own indexers find, in segments."""

from copy import copy
from typing import Any

from django.db.models import Model

from cms.search.segments import segments_of


class SegmentedObject:
    """What an indexer asks of an object. Its texts are looked up once, where indexers ask for all of them three times.

    The indexers are named inside long methods of the indexes; what they are given is the place to change.
    """

    def __init__(self, obj: Model, indexer: Any) -> None:
        self.pk = obj.pk
        self.fields = [
            with_text(found, " ".join(segments_of(text)))
            for field in indexer.search_fields
            for found, *_weight, text in indexer.prepare_field(obj, field)
        ]

    def get_search_fields(self) -> list[Any]:
        return self.fields


def with_text(field: Any, text: str) -> Any:
    """The search field with a text instead of one that it would look up."""
    filled = copy(field)
    filled.get_value = lambda _obj: text
    return filled


class SegmentingIndex:
    """Mixed into an index. `indexer_class` is the one that the index uses."""

    indexer_class: Any
    backend: Any

    def add_items(self, model: type[Model], objs: list[Model]) -> None:
        if not model.get_search_fields():  # type: ignore[attr-defined]  # of models that are indexed
            return
        segmented = [
            SegmentedObject(obj, self.indexer_class(obj, self.backend)) for obj in objs
        ]
        super().add_items(model, segmented)  # type: ignore[misc]  # the index that this is mixed into
