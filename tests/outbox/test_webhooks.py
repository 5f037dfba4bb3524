import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from cms.outbox.models import Channel, Message

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
State = Message.State


@pytest.fixture
def channel(db, robot):
    return Channel.objects.create(
        name="CRM", kind="webhook", address=robot.url, secret=SECRET
    )


def test_receiver_can_verify_it(robot, put, empty):
    put()
    empty()
    _path, headers, body = robot.requests[0]
    headers = {name.lower(): value for name, value in headers.items()}
    content = Webhook(SECRET).verify(body, headers)
    assert content["type"] == "lead.created"
    assert content["data"] == {"receipt": "K7M4P-2XQ9D"}
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"K7", b"K8"), headers)


def test_id_stays_the_same_when_it_is_sent_again(robot, put, empty):
    robot.answer((500, ""), (204, ""))
    put()
    empty()
    Message.objects.update(next_attempt_at=timezone.now())
    Channel.objects.update(paused_until=None)
    empty()
    ids = {headers["webhook-id"] for _path, headers, _body in robot.requests}
    assert len(robot.requests) == 2
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *((status, State.SENT) for status in (200, 201, 204)),
        *((status, State.DEAD) for status in (400, 401, 404, 410)),
        *((status, State.WAITING) for status in (408, 429, 500, 503, 302)),
    ],
)
def test_status_decides(robot, put, empty, status, state):
    robot.answer((status, ""))
    put()
    empty()
    assert Message.objects.get().state == state


@pytest.mark.parametrize("secret", ["", "no", "whsec_", "whsec_not base64"])
def test_secret_that_is_none_is_refused(channel, secret):
    from cms.outbox.channels import get_sender

    channel.secret = secret
    with pytest.raises(ValueError, match="whsec_"):
        get_sender(channel).check()


def test_each_event_has_a_call_of_its_own(robot, put, empty):
    put(30)
    assert empty() == 30
