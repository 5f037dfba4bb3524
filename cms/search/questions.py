"""What visitors and API consumers seek."""

from dataclasses import dataclass
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import AfterValidator, Field

from cms.search.finding import find
from cms.search.segments import terms_of

LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Question:
    """The text of `?q=` on a page. Without one, nobody asks."""

    text: str
    longest = LONGEST_QUESTION

    @classmethod
    def of(cls, request: HttpRequest) -> "Question":
        text = request.GET.get("q", "").replace("\x00", "")
        return cls(" ".join(text.split()))

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > self.longest

    @property
    def has_words(self) -> bool:
        return bool(terms_of(self.text))

    def find_in(self, rows: QuerySet) -> QuerySet:
        """The most relevant first; none for a question that cannot be answered."""
        if self.is_too_long or not self.has_words:
            return rows.none()
        return find(rows, self.text)


def _insist_on_words(text: str) -> str:
    if not terms_of(text):
        raise ValueError("Nothing in it can be sought: write words or numbers")
    return text


SearchText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_QUESTION),
    AfterValidator(_insist_on_words),
]
