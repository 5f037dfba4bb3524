"""The worker: a thread for each channel that has something to send, so that a slow one delays nobody else."""

import logging
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from cms.outbox.feeders import run_feeders
from cms.outbox.models import Channel, Message
from cms.outbox.sending import due, send_next

logger = logging.getLogger(__name__)

THREADS = 32
PAUSE_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 5.0


class Worker:
    """Runs until it is told to stop; then it finishes what is on its way."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self.pause = pause
        self.stopping = threading.Event()
        self.busy: dict[int, Future[None]] = {}

    def stop(self, *args: object) -> None:
        self.stopping.set()

    def run(self) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            while not self.stopping.is_set():
                self.stopping.wait(self.look(pool))

    def look(self, pool: ThreadPoolExecutor) -> float:
        """Start a thread for every channel that needs one. Gives the seconds until the next look."""
        try:
            close_old_connections()
            run_feeders()
            for channel_id in find_channels_with_work():
                if channel_id not in self.busy or self.busy[channel_id].done():
                    self.busy[channel_id] = pool.submit(self.empty, channel_id)
        except DatabaseError as error:
            logger.error("The outbox cannot be read: %s", type(error).__name__)
            connection.close()
            return PAUSE_AFTER_ERROR_SECONDS
        return self.pause

    def empty(self, channel_id: int) -> None:
        """Send what the channel has, as long as its budget lasts."""
        try:
            while not self.stopping.is_set() and send_next(channel_id):
                pass
        except Exception as error:  # noqa: BLE001 (a thread has nobody to raise to; the others must go on)
            name = type(error).__name__
            logger.error("Channel %d cannot be worked on: %s", channel_id, name)
        finally:
            connection.close()


def find_channels_with_work() -> list[int]:
    now = timezone.now()
    channels = Channel.objects.filter(is_active=True)
    messages = Message.objects.filter(due(now))
    return list(
        channels.filter(messages__in=messages).distinct().values_list("pk", flat=True)
    )


def run_worker() -> None:
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    worker.run()
