"""What a project may set, with what holds otherwise."""

from django.conf import settings


def private_hosts() -> set[str]:
    """`host:port` of our own network that messages may be sent to; everything else there is refused."""
    return set(getattr(settings, "OUTBOX_PRIVATE_HOSTS", []))
