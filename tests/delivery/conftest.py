import pytest

from cms.delivery.dispatching import follow
from cms.outbox.sending import send_next
from tests.outbox.robot import running_robot


@pytest.fixture
def robot(settings):
    with running_robot() as robot:
        settings.OUTBOX_PRIVATE_HOSTS = [robot.host]
        yield robot


@pytest.fixture
def following(db):
    """Makes that a follower has read everything so far."""

    def begin(name):
        while follow(name, lambda changes: None):
            pass

    return begin


@pytest.fixture
def empty():
    """Sends what is due in a channel, as the worker does."""

    def empty(channel):
        while send_next(channel.pk):
            pass

    return empty
