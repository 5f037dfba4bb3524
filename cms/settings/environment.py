"""Every environment variable that the project reads, typed, in one place.

Settings modules import the values from here and nothing else calls `os.environ`. The README's table is checked against
`VARIABLES` by a test, so a variable cannot be added without being documented.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parents[2]

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


@dataclass(frozen=True)
class Variable:
    name: str
    default: Any
    purpose: str


VARIABLES: list[Variable] = []


def read(reader: Callable[..., Any], name: str, default: Any, purpose: str) -> Any:
    """Read a variable with its environs reader and put it into the register that the README documents."""
    VARIABLES.append(Variable(name, default, purpose))
    try:
        return reader(name, default)
    except EnvError as error:
        raise ImproperlyConfigured(str(error)) from None


SECRET_KEY: str = read(
    env.str,
    "SECRET_KEY",
    "",
    "Django's signing key. Required in production; `make run` generates one.",
)
ENCRYPTION_KEYS: list[str] = read(
    env.list,
    "ENCRYPTION_KEYS",
    [],
    "Keys that personal data is encrypted with in the database, separated by commas; the first encrypts. "
    "Required in production; `make run` generates one.",
)
DATABASE_URL: str = read(
    env.str,
    "DATABASE_URL",
    "",
    "`postgres://user:password@host:5432/name`. Empty: SQLite in `DATA_DIR`.",
)
DATA_DIR = Path(
    read(
        env.str,
        "DATA_DIR",
        "var",
        "Folder for the SQLite database, uploads and collected static files.",
    )
)
ALLOWED_HOSTS: list[str] = read(
    env.list,
    "ALLOWED_HOSTS",
    [],
    "Host names that the site answers to, separated by commas. Required in production.",
)
SITE_URL: str = read(
    env.str,
    "SITE_URL",
    "",
    "Public address of the site, such as `https://www.example.cn`. Required in production.",
)
TRUST_PROXY: bool = read(
    env.bool,
    "TRUST_PROXY",
    False,
    "Believe `X-Forwarded-Proto` and `X-Forwarded-For` from the reverse proxy in front.",
)
HSTS_SECONDS: int = read(
    env.int,
    "HSTS_SECONDS",
    31_536_000,
    "Lifetime of Strict-Transport-Security in production.",
)
SERVE_MEDIA: bool = read(
    env.bool,
    "SERVE_MEDIA",
    True,
    "Serve uploaded images from the application; switch off where a web server or bucket does it.",
)
CITY_HEADER: str = read(
    env.str,
    "CITY_HEADER",
    "",
    "Request header in which a CDN names the visitor's city: code, pinyin or escaped name. Empty: none is read.",
)
IP2REGION_FILE: str = read(
    env.str,
    "IP2REGION_FILE",
    "",
    "Path of an ip2region `.xdb` file, which tells the city of an address. Empty: addresses are not looked up.",
)
LINK_UNTRANSLATED: bool = read(
    env.bool,
    "LINK_UNTRANSLATED",
    True,
    "Link to a page that is not translated in its own language; `false` leaves such links out.",
)
LANGUAGE_TAGS: dict[str, str] = read(
    env.json,
    "LANGUAGE_TAGS",
    {},
    'JSON: how pages name a language to browsers, which choose fonts by it: `{"zh-hant": "zh-Hant-HK"}` for Hong Kong.',
)
EMAIL_URL: str = read(
    env.str,
    "EMAIL_URL",
    "console:",
    "Mail server, such as `submission://user:password@host:587`.",
)
DEFAULT_FROM_EMAIL: str = read(
    env.str, "DEFAULT_FROM_EMAIL", "tongdao@localhost", "Sender of the site's mail."
)
OUTBOX_PRIVATE_HOSTS: list[str] = read(
    env.list,
    "OUTBOX_PRIVATE_HOSTS",
    [],
    "`host:port` of webhooks and robots inside your own network, separated by commas; no other private one is called.",
)
DELIVERY_CACHE: bool | None = read(
    env.bool,
    "DELIVERY_CACHE",
    None,
    "Answer from memory, and forget what a change touches. Empty: everywhere but in `make dev`.",
)
DELIVERY_CACHE_MEGABYTES: int = read(
    env.int,
    "DELIVERY_CACHE_MEGABYTES",
    64,
    "Memory for answers in each web process.",
)
DELIVERY_METRICS_TOKEN: str = read(
    env.str,
    "DELIVERY_METRICS_TOKEN",
    "",
    "Bearer token for `/-/delivery/metrics`, in the format of Prometheus. Empty: nobody may read them.",
)
DELIVERY_TAG_HEADER: str = read(
    env.str,
    "DELIVERY_TAG_HEADER",
    "",
    "`Surrogate-Key` or `Cache-Tag`: answers carry their tags in this header, for a CDN. Empty: none does.",
)
DELIVERY_EDGE_AGES: dict[str, list[int]] = read(
    env.json,
    "DELIVERY_EDGE_AGES",
    {},
    'JSON: seconds that purged caches in front keep answers: `{"html": [s-maxage, stale-while-revalidate]}`.',
)
DELIVERY_EDGES: dict[str, dict[str, Any]] = read(
    env.json,
    "DELIVERY_EDGES",
    {},
    "JSON: caches in front that are told what to drop, by name; `docs/delivery-cache.md` lists their options.",
)
MACHINE_TRANSLATOR: dict[str, Any] = read(
    env.json,
    "MACHINE_TRANSLATOR",
    {},
    "JSON: class and options of a machine translator of wagtail-localize; `docs/translation.md` has an example.",
)
LOG_LEVEL: str = read(env.str, "LOG_LEVEL", "INFO", "Lowest level that is logged.")
DEBUG: bool = read(
    env.bool,
    "DEBUG",
    False,
    "Django's debug pages. Read by the development settings only; `make dev` sets it.",
)
HOST: str = read(
    env.str, "HOST", "127.0.0.1", "Address that the web server listens on."
)
PORT: int = read(env.int, "PORT", 8000, "Port that the web server listens on.")
WEB_WORKERS: int = read(env.int, "WEB_WORKERS", 2, "Number of web server processes.")
WEB_THREADS: int = read(
    env.int, "WEB_THREADS", 4, "Number of threads in each web server process."
)
ADMIN_USERNAME: str = read(
    env.str,
    "ADMIN_USERNAME",
    "admin",
    "User name of the administrator created on an empty database.",
)
ADMIN_PASSWORD: str = read(
    env.str,
    "ADMIN_PASSWORD",
    "",
    "Password of that administrator. Empty: generated and shown once.",
)
TEST_DATABASE_URL: str = read(
    env.str,
    "TEST_DATABASE_URL",
    "",
    "PostgreSQL server for the tests. Empty: a throw-away cluster is started.",
)
CHROMIUM: str = read(
    env.str,
    "CHROMIUM",
    "",
    "Path of the Chromium that the browser tests drive. Empty: found on the PATH.",
)
