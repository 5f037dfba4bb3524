"""A real nginx in front keeps pages for a day, and has the new one as soon as it is published."""

import getpass
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.programs import free_port, local_session, manage, running
from tests.server.posting import web_server

MODULE = "ngx_http_cache_purge_module.so"
CONFIGURATION = """
load_module {module};
user {user};
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    server {{
        listen 127.0.0.1:{port};
        error_page 418 = @purge;
        location / {{
            if ($request_method = PURGE) {{ return 418; }}
            proxy_pass http://127.0.0.1:{origin};
            proxy_set_header Host $http_host;
            # One answer for each address, which can be purged: nginx keeps answers that vary apart, and forgets one.
            proxy_set_header Accept-Encoding "";
            proxy_ignore_headers Vary;
            proxy_cache pages;
            proxy_cache_key $http_host$request_uri;
            add_header X-Cache $upstream_cache_status;
        }}
        # A place of its own: `proxy_cache_purge PURGE from …` beside the cache makes Debian's module 2.3 crash.
        location @purge {{
            allow 127.0.0.1;
            deny all;
            proxy_cache_purge pages $http_host$request_uri;
        }}
    }}
}}
"""
BEGIN = """
from cms.delivery.edges.purging import feed_edges
from wagtail.models import Site
feed_edges()
print(Site.objects.get().root_page.url)
"""
PUBLISH = """
from wagtail.models import Site
page = Site.objects.get().root_page.specific
page.title = page.seo_title = "Published behind the cache"
page.save_revision().publish()
"""


def find_nginx():
    path = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        pytest.skip("There is no nginx: run `scripts/install_system_tools`.")
    built = subprocess.run([path, "-V"], capture_output=True, text=True).stderr
    folder = re.search(r"--modules-path=(\S+)", built)
    module = Path(folder.group(1) if folder else "/usr/lib/nginx/modules") / MODULE
    if not module.exists():
        pytest.skip(f"nginx has no {MODULE}: run `scripts/install_system_tools`.")
    return path, module


def nginx(folder, port, origin):
    path, module = find_nginx()
    folder.mkdir()
    configuration = folder / "nginx.conf"
    user = getpass.getuser()
    configuration.write_text(
        CONFIGURATION.format(
            module=module, user=user, folder=folder, port=port, origin=origin
        )
    )
    command = [path, "-p", folder, "-c", configuration, "-e", folder / "error.log"]
    return running(command, folder / "log", PORT=port)


def shell(script, **variables):
    result = manage("shell", "-v0", "-c", script, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def port():
    find_nginx()
    return free_port()


@pytest.fixture
def variables(tmp_path, port, prepared_sites):
    address = f"http://127.0.0.1:{port}"
    edges = {"nginx": {"BACKEND": "http", "URLS": [address], "SITES": [address]}}
    return {
        **prepared_sites.copy("empty", tmp_path / "data"),
        "DELIVERY_EDGE_AGES": json.dumps({"html": [86_400, 60]}),
        "DELIVERY_CACHE": "true",
        "DELIVERY_EDGES": json.dumps(edges),
    }


def test_page_is_new_at_the_edge_when_it_is_published(tmp_path, port, variables):
    path = shell(BEGIN, **variables)
    worker = [sys.executable, "manage.py", "outbox", "run"]
    with (
        web_server(tmp_path / "web", **variables) as server,
        nginx(tmp_path / "nginx", port, server.port) as edge,
        running(worker, tmp_path / "worker", **variables),
        local_session() as session,
    ):
        server.wait_for_answer()

        def ask():
            response = session.get(edge.url + path, timeout=10)
            assert response.status_code == 200
            return response

        assert ask().headers["X-Cache"] == "MISS"
        kept = ask()
        assert kept.headers["X-Cache"] == "HIT"
        assert "s-maxage=86400" in kept.headers["Cache-Control"]
        shell(PUBLISH, **variables)
        deadline = time.monotonic() + 10
        while "Published behind the cache" not in ask().text:
            assert time.monotonic() < deadline, (tmp_path / "worker").read_text()
            time.sleep(0.05)
        assert ask().headers["X-Cache"] == "HIT"
