"""The database goes away for a while, and comes back."""

import socket
import threading
import time
from urllib.parse import unquote, urlsplit

import pytest

from tests.programs import local_session
from tests.server.posting import PATH, Client, count, find_project, web_server


class Proxy:
    """Stands between the site and PostgreSQL, and can be cut."""

    def __init__(self, url):
        self.url = urlsplit(url)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.is_cut = False
        self.sockets = []
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def public_url(self):
        user = self.url.netloc.rpartition("@")[0]
        return self.url._replace(netloc=f"{user}@127.0.0.1:{self.port}").geturl()

    def connect(self):
        host = unquote(self.url.netloc.rpartition("@")[2])
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{host}/.s.PGSQL.5432")
            return server
        name, _, port = host.partition(":")
        return socket.create_connection((name, int(port or 5432)))

    def accept(self):
        while True:
            try:
                client, _address = self.server.accept()
            except OSError:
                return
            if self.is_cut:
                client.close()
                continue
            server = self.connect()
            self.sockets += [client, server]
            for source, target in ((client, server), (server, client)):
                threading.Thread(
                    target=self.pump, args=[source, target], daemon=True
                ).start()

    def pump(self, source, target):
        try:
            while data := source.recv(65_536):
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            close(each)

    def cut(self):
        self.is_cut = True
        for each in self.sockets:
            close(each)
        self.sockets = []

    def restore(self):
        self.is_cut = False


def close(each):
    try:
        each.shutdown(socket.SHUT_RDWR)
        each.close()
    except OSError:
        pass


@pytest.fixture(scope="module")
def direct(make_postgresql_database, tmp_path_factory, prepared_sites):
    """What reaches the database past the proxy."""
    folder = tmp_path_factory.mktemp("gone") / "data"
    return prepared_sites.copy("demo", folder, make_postgresql_database("gone"))


@pytest.fixture(scope="module")
def proxy(direct):
    return Proxy(direct["DATABASE_URL"])


@pytest.fixture(scope="module")
def site(direct, proxy, tmp_path_factory):
    log = tmp_path_factory.mktemp("log") / "log"
    variables = {**direct, "DATABASE_URL": proxy.public_url}
    with web_server(log, **variables) as program:
        program.wait_for_answer()
        program.get("/api/v1/forms/quick-service/")
        yield program


@pytest.fixture
def form(site):
    return site.get("/api/v1/forms/quick-service/").json()


def answers(project):
    return {
        "name": "欧阳修远",
        "mobile": "13800138000",
        "landline": "028-85550100",
        "project": project,
        "company": "蓉城 <精密>",
    }


def test_visitor_is_told_and_keeps_what_was_typed(site, proxy, form, direct):
    typed = {**answers(find_project(site.url)), "_page": "7"}
    before = count(**direct)
    proxy.cut()
    with local_session() as session:
        started = time.monotonic()
        response = session.post(
            f"{site.url}/forms/{form['id']}/submissions/", data=typed, timeout=30
        )
        assert time.monotonic() - started < 10
    proxy.restore()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "欧阳修远" in response.text
    assert "蓉城 &lt;精密&gt;" in response.text
    assert 'name="_page" value="7"' in response.text
    assert count(**direct) == before
    assert "13800138000" not in site.output


def test_program_is_told(site, proxy, form, direct):
    project = find_project(site.url)
    before = count(**direct)
    proxy.cut()
    with local_session() as session:
        data = {"answers": answers(project)}
        response = session.post(site.url + PATH, json=data, timeout=30)
    proxy.restore()
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "nothing was stored" in response.json()["detail"]
    assert count(**direct) == before


def test_ten_seconds_without_it_lose_nothing(site, proxy, direct):
    """Cut in the middle of transactions, too: nothing is half written or twice, and the site recovers by itself."""
    project = find_project(site.url)
    clients = [Client(lambda: site.url, project) for _ in range(4)]
    for client in clients:
        client.start()
    for seconds in (0.2, 0.2, 0.2, 0.2, 0.2, 10):
        time.sleep(1)
        proxy.cut()
        time.sleep(seconds)
        proxy.restore()
    time.sleep(5)
    for client in clients:
        client.stopping.set()
        client.join(60)
    receipts = {key: value for each in clients for key, value in each.receipts.items()}
    stored = count(**direct)
    assert receipts
    assert {key: stored["touches"].get(key) for key in receipts} == receipts
    assert (stored["leads_without_touch"], stored["told_twice"]) == (0, 0)
    assert stored["told"] == stored["leads"]
    assert {201, 503} <= {status for each in clients for status in each.statuses}
    assert {status for each in clients for status in each.statuses} <= {201, 503}
