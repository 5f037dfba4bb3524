"""Mail over a real connection: it arrives once, and a server that is down, silent or strict loses none of it."""

import pytest

from cms.outbox import backoff
from cms.outbox.models import Channel, Delivery, Message
from cms.outbox.queue import enqueue
from cms.outbox.sending import send_next
from tests.outbox.mail_server import running_mail_server
from tests.outbox.test_sending import later

pytestmark = pytest.mark.django_db

HEAD, BRANCH = "head@example.test", "branch@example.test"
State = Message.State


@pytest.fixture
def server(settings):
    with running_mail_server() as server:
        use(settings, server.port)
        yield server


def use(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1


@pytest.fixture
def channel(db):
    return Channel.objects.create(
        name="邮件", kind="email", address=f"{HEAD}\n{BRANCH}"
    )


@pytest.fixture
def message(channel, notice):
    enqueue(channel, notice, event="lead.created")
    return Message.objects.get()


def send(channel):
    while send_next(channel.pk):
        pass
    return Message.objects.get()


def answers():
    return list(Delivery.objects.order_by("pk").values_list("answer", flat=True))


def test_it_arrives_once_at_each_address(server, channel, message):
    assert send(channel).state == State.SENT
    assert send(channel).state == State.SENT
    assert [recipients for recipients, _mail in server.mails] == [[HEAD], [BRANCH]]


def test_it_holds_masked_data_only_and_the_link(server, channel, message):
    send(channel)
    [mail] = server.received_by(HEAD)
    assert mail["Subject"] == "新线索 · 成都 · ISO 9001"
    text = mail.get_content()
    assert "138****8000" in text
    assert "https://www.example.com/admin/leads/inspect/1/" in text


def test_every_attempt_has_the_same_message_id(server, channel, message):
    server.hangs_up = True
    send(channel)
    server.hangs_up = False
    with later(hours=1):
        send(channel)
    [mail] = server.received_by(HEAD)
    assert mail["Message-ID"] == f"<{message.pk}@outbox.tongdao>"


def test_one_full_mailbox_keeps_nobody_else_from_theirs(server, channel, message):
    server.refusals = {HEAD: 552}
    assert send(channel).state == State.SENT
    assert len(server.received_by(BRANCH)) == 1
    assert answers() == ["address 1: 552"]


def test_addresses_that_there_are_not_are_given_up_at_once(server, channel, message):
    server.refusals = {HEAD: 550, BRANCH: 550}
    assert send(channel).state == State.DEAD
    assert "550" in Message.objects.get().last_error


def test_greylisting_is_waited_for(server, channel, message):
    server.refusals = {HEAD: 451, BRANCH: 450}
    assert send(channel).state == State.WAITING
    server.refusals = {}
    with later(minutes=5):
        assert send(channel).state == State.SENT
    assert len(server.mails) == 2


def test_server_that_hangs_up_is_tried_again(server, channel, message):
    server.hangs_up = True
    assert send(channel).state == State.WAITING
    assert server.mails == []
    server.hangs_up = False
    with later(minutes=5):
        assert send(channel).state == State.SENT


def test_silent_server_is_given_up_in_time(server, channel, message):
    server.is_deaf = True
    assert send(channel).state == State.WAITING
    assert Delivery.objects.get().seconds < 3
    assert answers() == ["SMTPServerDisconnected"]


def test_server_that_is_down_for_an_hour_gets_it_once(settings, channel, message):
    with running_mail_server() as server:
        port = server.port
    use(settings, port)
    for minutes in range(0, 60, 4):
        with later(minutes=minutes):
            assert send(channel).state == State.WAITING
    assert Delivery.objects.count() < len(backoff.DELAYS)
    with running_mail_server(port) as server, later(hours=4):
        assert send(channel).state == State.SENT
        assert [recipients for recipients, _mail in server.mails] == [[HEAD], [BRANCH]]


def test_answers_of_the_server_are_kept_without_addresses(server, channel, message):
    server.refusals = {HEAD: 550, BRANCH: 550}
    send(channel)
    kept = "".join([*answers(), Message.objects.get().last_error])
    assert "example.test" not in kept
