import pytest

from cms.outbox.models import Channel
from cms.outbox.queue import Notice, enqueue
from cms.outbox.sending import send_next
from tests.outbox.robot import running_robot


@pytest.fixture
def robot(settings):
    with running_robot() as robot:
        settings.OUTBOX_PRIVATE_HOSTS = [robot.host]
        yield robot


@pytest.fixture
def channel(db, robot):
    return Channel.objects.create(name="成都群", kind="wecom", address=robot.url)


@pytest.fixture
def notice():
    return Notice(
        title="新线索 · 成都 · ISO 9001",
        facts=[("姓名", "张*"), ("手机号码", "138****8000")],
        url="https://www.example.com/admin/leads/inspect/1/",
        url_label="打开线索",
        data={"receipt": "K7M4P-2XQ9D"},
    )


@pytest.fixture
def put(channel, notice):
    """Puts so many messages into the channel."""

    def put(number=1, **options):
        for _ in range(number):
            enqueue(channel, notice, event="lead.created", **options)

    return put


@pytest.fixture
def empty(channel):
    """Sends what is due, as the worker does; gives the number of deliveries."""

    def empty(which=None):
        number = 0
        while send_next((which or channel).pk):
            number += 1
        return number

    return empty
