"""Collecting static files, which compresses every one of them, only when one has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> str:
    if settings.DEBUG:
        return "served from the sources"
    stamp = Path(settings.DATA_DIR) / "static.fingerprint"
    fingerprint = fingerprint_of_sources()
    if stamp.exists() and stamp.read_text() == fingerprint and is_collected():
        return "unchanged"
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)
    return "collected"


def is_collected() -> bool:
    return (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


def fingerprint_of_sources() -> str:
    """Changes when a static file of the project or of a package is added, removed or edited."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
