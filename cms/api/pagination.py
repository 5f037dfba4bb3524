from ninja import Field
from ninja.pagination import LimitOffsetPagination

MAX_LIMIT = 100
MAX_OFFSET = 1_000_000


class Pagination(LimitOffsetPagination):
    """Limit/offset pagination. Over the maximum is an error: capping silently hides a client's mistake."""

    class Input(LimitOffsetPagination.Input):
        limit: int = Field(
            20, ge=1, le=MAX_LIMIT, description="How many items to answer with."
        )
        offset: int = Field(
            0, ge=0, le=MAX_OFFSET, description="How many items to leave out before."
        )
