"""Measure the lead desk on 1,000,000 leads: `make bench-desk`.

The site is invented and made once, in var/bench-desk or in the empty database that DATABASE_URL names. Answers are
those of Django's test client in this process: the server's own time. Medians of seven, after one that is not counted.
"""

import os
import random
import resource
import sys
import time
from pathlib import Path
from statistics import median

import django

ROOT = Path(__file__).resolve().parents[1]
LEADS = int(os.environ.get("LEADS", "1000000"))
BATCH = 2_000
AGENTS = 20
ASKED = 7

os.environ.setdefault("DATA_DIR", "var/bench-desk")
os.environ.setdefault(
    "DATABASE_URL", f"sqlite:///{ROOT / os.environ['DATA_DIR']}/db.sqlite3"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
os.environ["LOG_LEVEL"] = "WARNING"


def set_up():
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    Path(os.environ["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    django.setup()


def build():
    from django.core.management import call_command

    from cms.cities.models import City
    from cms.core.models import CertificationProject
    from cms.users.models import User
    from forms.models import Lead

    call_command("migrate", verbosity=0)
    if Lead.objects.count() >= LEADS:
        return
    call_command("load_cities", verbosity=0)
    call_command("load_projects", verbosity=0)
    cities = list(City.objects.cities().values_list("pk", flat=True))
    projects = list(CertificationProject.objects.values_list("pk", flat=True))
    agents = [
        User.objects.get_or_create(username=f"agent{n}", is_superuser=True)[0].pk
        for n in range(AGENTS)
    ]
    for start in range(0, LEADS, BATCH):
        leads = [
            make(number, cities, projects, agents)
            for number in range(start, start + BATCH)
        ]
        Lead.objects.bulk_create(leads)
        print(f"{start + BATCH} leads", end="\r", file=sys.stderr)
    spread_times()


def make(number, cities, projects, agents):
    from forms.models import Lead
    from forms.models.leads import Status

    lead = Lead(
        name="张三",
        mobile=f"+86138{number:08}",
        landline=f"+8628{80000000 + number}" if number % 3 else "",
        company=f"公司{number}",
        city_id=random.choice(cities),
        project_id=random.choice(projects),
        assignee_id=random.choice(agents) if number % 4 else None,
        status=random.choices(list(Status), weights=[5, 3, 5, 5, 5, 30, 30, 7, 10])[0],
        answers=[{"label": "姓名", "value": "张三", "display": "张三"}],
        form_title="快速办理通道",
        form_slug="quick-service",
        language="zh-hans",
        source="html",
    )
    lead.set_hashes()
    return lead


POSTGRESQL_TIMES = """
    UPDATE forms_lead SET
        created_at = now() - (id * 30) * interval '1 second',
        due_at = now() - (id * 30 - 3600) * interval '1 second',
        responded_at = CASE WHEN status IN ('new', 'claimed') THEN NULL ELSE now() END
"""
SQLITE_TIMES = """
    UPDATE forms_lead SET
        created_at = datetime('now', '-' || (id * 30) || ' seconds'),
        due_at = datetime('now', '-' || (id * 30 - 3600) || ' seconds'),
        responded_at = CASE WHEN status IN ('new', 'claimed') THEN NULL ELSE datetime('now') END
"""


def spread_times():
    """A year of leads, as `bulk_create` cannot write the time that a model sets by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_TIMES)
            # As autovacuum does by itself before long.
            cursor.execute("VACUUM ANALYZE forms_lead")
        else:
            cursor.execute(SQLITE_TIMES)
        cursor.execute("ANALYZE")


def log_in():
    """As one of the agents, who may see everything."""
    from django.test import Client

    from cms.users.models import User

    user = User.objects.get(username="agent0")
    client = Client()
    client.force_login(user)
    return client, user


def measure(client, path):
    times = []
    for _ in range(ASKED + 1):
        started = time.perf_counter()
        response = client.get(path)
        times.append(time.perf_counter() - started)
        assert response.status_code == 200, path
    return 1000 * median(times[1:])


def export(client, file_format):
    """A tenth of all leads: their number, the seconds, and by how many megabytes the process grew meanwhile."""
    from forms.models import PersonalDataRead

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    response = client.post(
        "/admin/leads/export/?status=spam", {"purpose": "bench", "export": file_format}
    )
    size = sum(len(part) for part in response.streaming_content)
    seconds = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    number = PersonalDataRead.objects.first().lead_count
    return number, seconds, size / 1e6, grown


def main():
    set_up()
    build()
    from cms.cities.models import City

    client, user = log_in()
    city = City.objects.cities().first().pk
    paths = {
        "list": "/admin/leads/",
        "search by phone": "/admin/leads/?q=138+0000+0042",
        "search by a part of the company": "/admin/leads/?q=公司4242",
        "filter by status": "/admin/leads/?status=new",
        "filter by city": f"/admin/leads/?city={city}",
        "filter by city and status": f"/admin/leads/?city={city}&status=won",
        "filter by assignee": f"/admin/leads/?assignee={user.pk}",
        "overdue": "/admin/leads/?overdue=true",
        "home of the admin": "/admin/",
    }
    print(f"| {LEADS:,} leads | server time |\n|---|---|")
    for name, path in paths.items():
        print(f"| {name} | {measure(client, path):.0f} ms |", flush=True)
    for file_format in ("csv", "xlsx"):
        number, seconds, size, grown = export(client, file_format)
        print(
            f"| export of {number:,} as {file_format.upper()}, {size:.0f} MB "
            f"| {seconds:.0f} s, {grown:.0f} MB of memory |",
            flush=True,
        )


if __name__ == "__main__":
    main()
