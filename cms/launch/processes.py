"""Child processes that live and die together."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from cms.launch.errors import LaunchError
from cms.settings.environment import BASE_DIR

GRACE_SECONDS = 10


class Processes:
    """Each child leads a process group of its own: Ctrl-C reaches only us, and we end the children in order."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, name: str, command: list[str]) -> None:
        self.children[name] = subprocess.Popen(  # noqa: S603 (our own commands)
            command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        for name, child in self.children.items():
            code = child.poll()
            if code is not None:
                message = f"The {name} ended unexpectedly with exit code {code}, so everything was stopped."
                raise LaunchError(message)

    def watch(self) -> None:
        """Return never: a child that ends raises LaunchError, Ctrl-C raises KeyboardInterrupt."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask every child to end; after the grace period, or at a second Ctrl-C, kill what is left."""
        deadline = time.monotonic() + GRACE_SECONDS
        try:
            for child in self.children.values():
                child.terminate()
            for child in self.children.values():
                with suppress(subprocess.TimeoutExpired):
                    child.wait(max(0, deadline - time.monotonic()))
        except KeyboardInterrupt:
            pass
        finally:
            for child in self.children.values():
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
