from cms.delivery.models.changes import Change, Follower
from cms.delivery.models.webhooks import ContentWebhook

__all__ = ["Change", "ContentWebhook", "Follower"]
