"""For the tests: the base over plain HTTP, work done at once, nothing written outside a temporary folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403 (settings modules build on each other)
from cms.settings.base import DELIVERY

SECRET_KEY = "only-for-tests"  # noqa: S105 (signs nothing that leaves the test run)
ENCRYPTION_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtISE="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", ".example.test"]
WAGTAILADMIN_BASE_URL = "http://testserver"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DELIVERY["CACHE"] = True
# Tests flush when they want to.
PAGE_VIEWS_FLUSH_SECONDS = 0
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TEMPORARY = Path(tempfile.mkdtemp(prefix="tongdao-tests-"))
atexit.register(shutil.rmtree, TEMPORARY, ignore_errors=True)
MEDIA_ROOT = TEMPORARY / "media"
STATIC_ROOT = TEMPORARY / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
