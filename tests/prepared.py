"""Sites that are prepared once for all workers of a test run. Tests get copies: to migrate takes twenty seconds."""

import fcntl
import shutil
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from tests.programs import WITHOUT_LIMITS, free_port, manage, running

EMPTY = [["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]]
# Lets this machine send as much as it likes.
DEMO = [
    ["load_cities"],
    ["load_projects"],
    ["load_demo_content"],
    ["shell", "-v0", "-c", WITHOUT_LIMITS],
]
# What each kind begins as, and the commands that follow.
KINDS = {"empty": (None, EMPTY), "demo": ("empty", DEMO)}


class PreparedSites:
    """They lie in a folder that all workers share. On PostgreSQL a site is a folder and a database."""

    def __init__(self, shared_folder, server):
        self.folder = shared_folder / "prepared"
        self.server = server
        self.run = shared_folder.name

    def copy(self, kind, data_dir, database_url=""):
        """Fill a new folder, and the database at the URL. Gives the variables that programs of the site need."""
        variables = {"DATA_DIR": data_dir, "DATABASE_URL": database_url}
        shutil.copytree(self.prepared(kind, bool(database_url)), data_dir)
        if database_url:
            self.recreate(database_url, template=self.database(kind))
        return variables

    def prepared(self, kind, on_postgresql):
        """The folder of a site that nobody changes; the first who asks has to wait for it."""
        place = self.folder / f"{kind}-{'postgresql' if on_postgresql else 'sqlite'}"
        place.mkdir(parents=True, exist_ok=True)
        data, is_ready = place / "data", place / "ready"
        with locked(place / "lock"):
            if not is_ready.exists():
                shutil.rmtree(data, ignore_errors=True)
                self.build(kind, data, self.url(kind) if on_postgresql else "")
                is_ready.touch()
        return data

    def build(self, kind, data_dir, database_url):
        beginning, commands = KINDS[kind]
        variables = {"DATA_DIR": data_dir, "DATABASE_URL": database_url}
        if beginning:
            self.copy(beginning, data_dir, database_url)
        elif database_url:
            self.recreate(database_url, template="template1")
        for arguments in commands:
            result = manage(*arguments, **variables)
            assert result.returncode == 0, result.stderr

    def database(self, kind):
        return f"prepared-{kind}-{self.run}"

    def url(self, kind):
        return urlsplit(self.server)._replace(path=self.database(kind)).geturl()

    def recreate(self, database_url, template):
        name = urlsplit(database_url).path.strip("/")
        self.drop(name)
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name):
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop_all(self):
        if self.server and self.folder.exists():
            for kind in KINDS:
                self.drop(self.database(kind))


@contextmanager
def running_demo(prepared_sites, folder):
    """The whole site with its demo content, as `make run` starts it."""
    settings = {
        **prepared_sites.copy("demo", folder / "data"),
        "PORT": free_port(),
        "ADMIN_PASSWORD": "correct horse battery staple",
    }
    command = [sys.executable, "manage.py", "launch"]
    with running(command, folder / "log", **settings) as site:
        site.wait_for_output("Ctrl-C stops everything")
        yield site


@contextmanager
def locked(path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
