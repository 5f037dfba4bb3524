import pytest

from cms.pageviews.buffer import buffer
from cms.pageviews.visitors import salts


@pytest.fixture(autouse=True)
def empty_memory():
    """What a process remembers outlives the database of a test."""
    buffer.take()
    salts.forget()
    yield
    buffer.take()
    salts.forget()
