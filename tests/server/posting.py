"""Clients that send leads without end, and what they were answered."""

import random
import sys
import threading
import time
import uuid

import requests

from tests.programs import (
    free_port,
    local_session,
    manage,
    running,
)

PATH = "/api/v1/forms/quick-service/submissions/"
COUNTS = """
import json
from cms.outbox.models import Message
from forms.models import Lead, Touch
subjects = list(Message.objects.filter(event="lead.created").values_list("subject", flat=True))
print(json.dumps({
    "touches": dict(Touch.objects.exclude(idempotency_key=None).values_list("idempotency_key", "receipt")),
    "leads": Lead.objects.count(),
    "leads_without_touch": Lead.objects.filter(touches=None).count(),
    "told": len(subjects), "told_twice": len(subjects) - len(set(subjects)),
}))
"""


def count(**variables):
    import json

    result = manage("shell", "-v0", "-c", COUNTS, **variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def web_server(log, **variables):
    """The web server of `make run` by itself."""
    port = free_port()
    command = [
        sys.executable.replace("python", "granian")
        if sys.executable.endswith("python")
        else sys.executable.rpartition("/")[0] + "/granian",
        *("--interface=wsgi", f"--port={port}", "--workers=2", "--blocking-threads=4"),
        *("--log-level=warning", "--workers-kill-timeout=8"),
        *("--respawn-failed-workers", "cms.wsgi:application"),
    ]
    settings = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "PORT": port}
    return running(command, log, **settings, **variables)


class Client(threading.Thread):
    """Sends one lead after the other; each until it is answered, under its own key."""

    def __init__(self, find_url, project):
        super().__init__(daemon=True)
        self.find_url = find_url
        self.project = project
        self.stopping = threading.Event()
        self.receipts = {}
        self.contradictions = []
        self.statuses = set()
        self.retries = 0

    def run(self):
        with local_session() as session:
            while not self.stopping.is_set():
                self.send_one(session)

    def send_one(self, session):
        key = str(uuid.uuid4())
        mobile = f"138{random.randrange(10**8):08}"
        answers = {
            "name": "张三",
            "mobile": mobile,
            "landline": "028-85550100",
            "project": self.project,
            "company": "蓉城精密机械有限公司",
        }
        while not self.stopping.is_set():
            receipt = self.post(session, key, answers)
            if receipt:
                self.receipts[key] = receipt
                # What was stored once is not stored again.
                if random.random() < 0.1:
                    again = self.post(session, key, answers)
                    if again not in (receipt, None):
                        self.contradictions.append(key)
                return
            self.retries += 1
            time.sleep(0.05)

    def post(self, session, key, answers):
        try:
            response = session.post(
                self.find_url() + PATH,
                json={"answers": answers},
                headers={"Idempotency-Key": key},
                timeout=30,
            )
        except requests.RequestException:
            return None
        self.statuses.add(response.status_code)
        return response.json()["receipt"] if response.status_code == 201 else None


def find_project(url):
    with local_session() as session:
        form = session.get(f"{url}/api/v1/forms/quick-service/", timeout=30).json()
    field = next(each for each in form["fields"] if each["key"] == "project")
    return field["choices"][0]["value"]
