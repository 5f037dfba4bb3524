import os
import random
from types import SimpleNamespace
from urllib.parse import urlsplit

import psycopg
import pytest


@pytest.fixture(scope="session")
def make_postgresql_database():
    """Makes new databases on the tests' server; gives their URLs."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.skip("There is no PostgreSQL: run `make test`.")
    names = []

    def make(purpose):
        names.append(f"{purpose}_{os.getpid()}")
        connection.execute(f"CREATE DATABASE {names[-1]}")
        return urlsplit(server)._replace(path=names[-1]).geturl()

    with psycopg.connect(server, autocommit=True) as connection:
        yield make
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def oracle_options(request):
    """How many edits the oracle makes; its seed stands in the output of a run that fails."""
    seed = request.config.getoption("--oracle-seed") or random.randint(1, 10**6)
    print(f"--oracle-seed={seed}")  # noqa: T201
    return SimpleNamespace(edits=request.config.getoption("--oracle-edits"), seed=seed)
