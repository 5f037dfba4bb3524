import pytest
from django.db import connection

from cms.delivery.dispatching import follow
from cms.delivery.recording import Pending
from cms.outbox.sending import send_next
from tests.outbox.robot import running_robot


@pytest.fixture
def robot(settings):
    with running_robot() as robot:
        settings.OUTBOX_PRIVATE_HOSTS = [robot.host]
        yield robot


def end_transaction():
    """For the log, what follows is another transaction's: a test is one, and one tells one change of each object."""
    connection.run_on_commit = [
        each for each in connection.run_on_commit if not isinstance(each[1], Pending)
    ]


@pytest.fixture
def following(db):
    """Makes that a follower has read everything so far."""

    def begin(name):
        end_transaction()
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
