from cms.outbox.models.channels import Channel
from cms.outbox.models.messages import Delivery, Message

__all__ = ["Channel", "Delivery", "Message"]
