"""Settings that every environment shares, secure by default: development and tests loosen them."""

from pathlib import Path

import dj_email_url
from django.utils.translation import gettext_lazy as _

from cms.settings import environment
from cms.settings.database import parse_database_url

BASE_DIR = environment.BASE_DIR
DATA_DIR: Path = BASE_DIR / environment.DATA_DIR

SECRET_KEY = environment.SECRET_KEY
ENCRYPTION_KEYS = environment.ENCRYPTION_KEYS
DEBUG = False
ALLOWED_HOSTS = environment.ALLOWED_HOSTS

INSTALLED_APPS = [
    "home",
    "articles",
    "forms",
    "cms.launch",
    "cms.delivery",
    "cms.outbox",
    "cms.pageviews",
    "cms.search",
    "cms.translation",
    "cms.api",
    "cms.cities",
    "cms.core",
    "cms.encryption",
    "cms.images",
    "cms.users",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.api.v3",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.apps.UserAdminConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django_altcha",  # for its static files: the widget
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.core.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.hosts.known_hosts_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.middleware.locale_from_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.core.guarded_views.LimitedEditorsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.core.chrome.chrome",
            ],
        },
    }
]

# Database

DATABASES = {
    "default": parse_database_url(
        environment.DATABASE_URL or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages: Chinese first. Pages choose their language by URL prefix, never by the visitor's headers.

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("en", _("English")),
]
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("en", "English"),
]
LOCALE_PATHS = [
    BASE_DIR / "locale",
    # What Wagtail's own Chinese catalogues leave in English.
    BASE_DIR / "cms" / "core" / "wagtail_catalogue",
]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
# To submit a page for translation makes a draft of it, never a published copy in the wrong language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Each language names its translator, in the admin; one of them is the one that is configured here.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
    "CLASS": "cms.translation.translators.dispatching.LanguageTranslator",
    "OPTIONS": {"CONFIGURED": environment.MACHINE_TRANSLATOR},
}
LINK_UNTRANSLATED = environment.LINK_UNTRANSLATED
LANGUAGE_TAGS = environment.LANGUAGE_TAGS

# Where a visitor may be: asked of a CDN, or of a file; neither is needed.

CITY_HEADER = environment.CITY_HEADER
IP2REGION_FILE = environment.IP2REGION_FILE

# The proof of work that a browser does before it sends a form: so many numbers to try. This keeps an ordinary phone
# busy for less than a second; twice as many keep it busy twice as long.

PROOF_OF_WORK_NUMBERS = 50_000

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.launch.storage.ModulesStaticFilesStorage"},
}
SERVE_MEDIA = environment.SERVE_MEDIA
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Background work: stored in the database, done by `manage.py db_worker`.

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What the scheduler runs, and every how many seconds.

SCHEDULED_COMMANDS = {
    "forget_visitors": 600,
    "tell_overdue_leads": 60,
    "forget_spam_traces": 3_600,
    "purge_leads": 86_400,
    "resume_translations": 300,
}

# How often each web process writes the views that it has counted; a process that is killed loses so many seconds.
PAGE_VIEWS_FLUSH_SECONDS = 5

# Answers from memory (docs/delivery-cache.md). Whatever is not named here is followed: a change of it drops the answers
# that used it.

DELIVERY = {
    "CACHE": environment.DELIVERY_CACHE is not False,
    "CACHE_MEGABYTES": environment.DELIVERY_CACHE_MEGABYTES,
    "METRICS_TOKEN": environment.DELIVERY_METRICS_TOKEN,
    "TAG_HEADER": environment.DELIVERY_TAG_HEADER,
    "EDGE_AGES": environment.DELIVERY_EDGE_AGES,
    "EDGES": environment.DELIVERY_EDGES,
    "PRIVATE": [
        *(
            "forms.agent",
            "forms.assignmentrule",
            "forms.chosencolumns",
            "forms.consent",
        ),
        *("forms.consenttext", "forms.datarequest", "forms.lead", "forms.leadevent"),
        *("forms.notificationrule", "forms.personaldataread", "forms.ratecounter"),
        *(
            "forms.rulemember",
            "forms.touch",
            "forms.usedchallenge",
            "users.editorplace",
        ),
        *("search.builtindex", "translation.job", "translation.languagerule"),
    ],
    # Answers read them in the images and cities, where they are written too.
    "IGNORED": ["core.imagealttext", "cities.citytexts"],
    # Written every few seconds: what tells a count is at most a minute old.
    "AGING": {"pageviews": 60 - PAGE_VIEWS_FLUSH_SECONDS},
}

# Wagtail

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend"}}
WAGTAIL_SITE_NAME = "Tongdao"
WAGTAILADMIN_BASE_URL = environment.SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "images.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.forms.CustomImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "mp4", "pdf", "pptx", "txt", "webm", "xlsx", "zip")
]
WAGTAILAPI_LIMIT_MAX = 100
# Nothing here may call a third party: no update check, no avatars from elsewhere, no embed that is fetched.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = [{"class": "cms.core.embeds.OfflineVideoFinder"}]

# Security

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = environment.HSTS_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
TRUST_PROXY = environment.TRUST_PROXY
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows a page inside the admin
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY
LOGIN_URL = "wagtailadmin_login"

# Mail

globals().update(dj_email_url.parse(environment.EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.DEFAULT_FROM_EMAIL

# Messages to chat robots and webhooks: never into our own network, except to these.

OUTBOX_PRIVATE_HOSTS = environment.OUTBOX_PRIVATE_HOSTS

# Logs go to standard error; no request body, no personal data.

DEFAULT_EXCEPTION_REPORTER_FILTER = "cms.core.error_reports.PrivateReporterFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "problems": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": "WARNING",
        },
    },
    "root": {"handlers": ["stderr"], "level": environment.LOG_LEVEL},
    "loggers": {
        "django": {
            "handlers": ["stderr"],
            "level": environment.LOG_LEVEL,
            "propagate": False,
        },
        # The worker would write two lines for every task; those that fail are enough.
        "django_tasks": {"handlers": ["problems"], "propagate": False},
        "django_tasks_db": {"handlers": ["problems"], "propagate": False},
    },
}
