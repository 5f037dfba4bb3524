"""What all tests share. The network is closed by pytest-socket (see pyproject.toml): only this machine answers."""

import os
import signal
import sys

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings

from tests.programs import WITHOUT_LIMITS, free_port, manage, running

# A run that is terminated ends the processes it has started, as Ctrl-C does.
signal.signal(signal.SIGTERM, signal.default_int_handler)

# How long an example takes says more of the machine than of the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

REAL_PROCESSES = ("browser", "server")


def pytest_addoption(parser):
    group = parser.getgroup("oracle", "random edits against answers from memory")
    group.addoption("--oracle-edits", type=int, default=40, help="on each database")
    group.addoption("--oracle-seed", type=int, default=None, help="of a run to repeat")


def pytest_collection_modifyitems(items):
    for item in items:
        for name in REAL_PROCESSES:
            if item.nodeid.startswith(f"tests/{name}/"):
                item.add_marker(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a test that cannot run is a failure: nobody reads the list of skipped tests."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and in_ci():
        report.outcome = "failed"
        report.longrepr = f"Skipped although CI=true: {call.excinfo.value}"
    return report


def in_ci():
    return os.environ.get("CI") == "true"


@pytest.fixture(autouse=True, scope="class")
def forgotten_cache():
    """Wagtail caches the sites' addresses. The database forgets a test's sites at its end, the cache would not."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def forgotten_language():
    """A request leaves its language active in the thread. On a server the next request sets its own, a test may not."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """The whole site with its demo content, as `make run` starts it; made once for all tests that ask for it."""
    folder = tmp_path_factory.mktemp("site")
    settings = {
        "PORT": free_port(),
        "DATA_DIR": folder / "data",
        "ADMIN_PASSWORD": "correct horse battery staple",
    }
    command = [sys.executable, "manage.py", "launch"]
    with running(command, folder / "log", **settings) as site:
        site.wait_for_output("Ctrl-C stops everything")
        manage("shell", "-v0", "-c", WITHOUT_LIMITS, DATA_DIR=settings["DATA_DIR"])
        yield site
