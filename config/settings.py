"""All settings, read from the environment, in the order of Django's documentation."""

import os
from pathlib import Path

from config import env
from config.addresses import own_addresses
from config.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent

# Where it runs -------------------------------------------------------------------------------
GUREUM_HOST = env.text(os.environ, "HOST", "127.0.0.1") or "127.0.0.1"
GUREUM_PORT = env.port(os.environ, "PORT", 8000)
GUREUM_HOSTS = env.words(os.environ, "GUREUM_HOSTS")
GUREUM_TLS = env.boolean(os.environ, "GUREUM_TLS")
GUREUM_DATA_DIR = env.data_dir(os.environ, BASE_DIR / "var")
GUREUM_TRUSTED_PROXIES = env.networks(os.environ, "GUREUM_TRUSTED_PROXIES")
GUREUM_CONTENT_DIRS = (BASE_DIR / "content", *env.folders(os.environ, "GUREUM_CONTENT_DIRS"))

# A server that listens on every interface is meant to be reached under this machine's addresses.
LISTENS_EVERYWHERE = GUREUM_HOST in {"0.0.0.0", "::"}
GUREUM_OWN_ADDRESSES: list[str] = own_addresses() if LISTENS_EVERYWHERE else []

# Core ----------------------------------------------------------------------------------------
DEBUG = env.boolean(os.environ, "GUREUM_DEBUG")
SECRET_KEY = env.secret_key(os.environ, GUREUM_DATA_DIR)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([] if LISTENS_EVERYWHERE else [GUREUM_HOST]),
    *(f"[{address}]" if ":" in address else address for address in GUREUM_OWN_ADDRESSES),
    *GUREUM_HOSTS,
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that its `runserver --nostatic` behavior also holds in development.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "apps.core",
    "apps.accounts",
    "apps.widgetkit",
    "apps.quizzes",
    "apps.lessons",
    "apps.classrooms",
    "apps.studio",
    "apps.reports",
    "apps.home",
    # A widget is one folder: adding it touches no other file.
    *(
        f"apps.widgets.{path.parent.name}"
        for path in sorted(BASE_DIR.glob("apps/widgets/*/widget.py"))
    ),
]

MIDDLEWARE = [
    "apps.core.middleware.RequestIdMiddleware",
    "apps.core.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "apps.core.middleware.SecurityHeadersMiddleware",
    "apps.core.middleware.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.ClosedSiteMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------
DATABASES = {"default": database(os.environ, GUREUM_DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Email, files, forms: defaults, but one limit for any request body -----------------------------
GUREUM_LARGEST_BODY = 5 * 1024 * 1024

# Globalization -------------------------------------------------------------------------------
LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

# Security ------------------------------------------------------------------------------------
SESSION_ENGINE = "apps.core.sessions"
SESSION_COOKIE_NAME = "gureum_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365  # an anonymous learner's record lives as long as this
SESSION_COOKIE_SECURE = GUREUM_TLS
CSRF_COOKIE_NAME = "gureum_csrf"
CSRF_COOKIE_SECURE = GUREUM_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
SECURE_SSL_REDIRECT = GUREUM_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if GUREUM_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = GUREUM_TLS
SECURE_HSTS_PRELOAD = GUREUM_TLS
# Safe, because TrustedProxyMiddleware drops the header when it does not come from a trusted proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
# On plain http browsers ignore the header and log an error on every page.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if GUREUM_TLS else None
X_FRAME_OPTIONS = "DENY"
DEFAULT_EXCEPTION_REPORTER_FILTER = "apps.core.reports.ReporterFilter"

# Authentication ------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "apps.accounts.hashers.Argon2PasswordHasher",
    # Of accounts made before; each is kept anew when its owner signs in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "apps.accounts.passwords.LengthValidator"},
    {"NAME": "apps.accounts.passwords.SimilarityValidator"},
    {"NAME": "apps.accounts.passwords.CommonValidator"},
    {"NAME": "apps.accounts.passwords.DigitsValidator"},
]
# Who may come in, and what is told about that.
GUREUM_SIGNUP = env.boolean(os.environ, "GUREUM_SIGNUP", default=True)
GUREUM_CLOSED = env.boolean(os.environ, "GUREUM_CLOSED")
GUREUM_PRIVACY_NOTICE = env.document(os.environ, "GUREUM_PRIVACY_NOTICE")
GUREUM_RETENTION_DAYS = env.days(os.environ, "GUREUM_RETENTION_DAYS")

# Static files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = GUREUM_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Logging -------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "apps.core.logging.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "apps": {"level": "INFO"},
        # Django's own handler prints only in DEBUG and mails admins; ours prints always.
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
