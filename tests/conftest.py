"""What all tests share. The network is closed by pytest-socket (see pyproject.toml): only this machine answers."""

import os
import signal

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings

from cms.settings import environment
from tests.prepared import PreparedSites, running_demo

# A run that is terminated ends the processes it has started, as Ctrl-C does.
signal.signal(signal.SIGTERM, signal.default_int_handler)

# How long an example takes says more of the machine than of the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

REAL_PROCESSES = ("browser", "server")
# What takes longest comes first: a worker that began it late would end long after the other.
LONGEST = [
    f"tests/server/test_{name}.py"
    for name in (
        *("delivery_sqlite", "make_run", "delivery_postgresql", "killed"),
        *("delivery_foreign", "launch", "upgrade", "outbox_worker", "database_gone"),
    )
]
SERVER = environment.TEST_DATABASE_URL


def pytest_addoption(parser):
    group = parser.getgroup("oracle", "random edits against answers from memory")
    group.addoption("--oracle-edits", type=int, default=400, help="on each database")
    group.addoption("--oracle-seed", type=int, default=None, help="of a run to repeat")


def pytest_collection_modifyitems(items):
    items.sort(key=how_late)
    for item in items:
        for name in REAL_PROCESSES:
            if item.nodeid.startswith(f"tests/{name}/"):
                item.add_marker(name)


def how_late(item):
    file = item.nodeid.partition("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


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
def prepared_sites(tmp_path_factory, worker_id):
    folder = tmp_path_factory.getbasetemp()
    return PreparedSites(folder if worker_id == "master" else folder.parent, SERVER)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """What workers share goes when the last of them has ended."""
    if not hasattr(session.config, "workerinput"):
        folder = session.config._tmp_path_factory.getbasetemp()
        PreparedSites(folder, SERVER).drop_all()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory, prepared_sites):
    """The demo site; made once for all tests that ask for it."""
    folder = tmp_path_factory.mktemp("site")
    with running_demo(prepared_sites, folder) as site:
        yield site
