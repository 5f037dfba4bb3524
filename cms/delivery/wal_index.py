"""Whether anybody has written to an SQLite database, without asking SQLite."""

import mmap
import os

# The header of the WAL index stands there twice, 48 bytes each, and every commit writes both: https://sqlite.org/walformat.html
HEADER = 96


class WalIndex:
    """The first bytes of the file that SQLite shares between processes while a database is in WAL mode.

    To be opened while a connection of this process is open, which keeps SQLite from removing the file.
    """

    def __init__(self, database: str) -> None:
        # Stays open as long as the process: closing any descriptor of a file drops the locks that SQLite has on it
        # (https://sqlite.org/howtocorrupt.html, 2.2).
        self.descriptor = os.open(f"{database}-shm", os.O_RDONLY | os.O_CLOEXEC)
        self.memory = mmap.mmap(self.descriptor, HEADER, prot=mmap.PROT_READ)

    def read(self) -> bytes:
        """Differs after each commit. Whoever looks at the database after this, and keeps what was read here, looks
        again after the next commit, also after one that was under way."""
        return self.memory[:]
