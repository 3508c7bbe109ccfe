"""Settings of the project, from the environment (`environment.py`) and nothing else.

Three modes: `production` (the default, refuses to start half-configured), `local` (one machine,
what `scripts/run` starts) and `test`.
"""

from __future__ import annotations

from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ciayumajakuning.environment import ROOT, app_mode, env, local_secret_key, required

MODE = app_mode()
PRODUCTION = MODE == "production"
DEBUG = False

BASE_DIR = ROOT
VAR_DIR = Path(env("VAR_DIR")).resolve()

SECRET_KEY = (
    required("SECRET_KEY", "Kunci rahasia ini menandatangani sesi dan tautan.")
    if PRODUCTION
    else env("SECRET_KEY") or local_secret_key(VAR_DIR)
)
ALLOWED_HOSTS: list[str] = (
    required("ALLOWED_HOSTS", "Nama host yang dilayani, dipisah koma.").split(",")
    if PRODUCTION
    else [*env("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]", env("HOST"), "testserver"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "ciayumajakuning.apps.WiringConfig",
    "coordination",
    "dashboards",
    "promotions.apps.PromotionsConfig",
    "registry.apps.RegistryConfig",
    "accounts.apps.AccountsConfig",
    "ciayumajakuning.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "django_q",
    "csp",
]

MIDDLEWARE = [
    "ciayumajakuning.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ciayumajakuning.answers.CompressedTextMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "ciayumajakuning.answers.FreshPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ciayumajakuning.requests.DiscreetHistoryMiddleware",
]

ROOT_URLCONF = "ciayumajakuning.urls"
WSGI_APPLICATION = "ciayumajakuning.wsgi.application"

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
                "django.template.context_processors.i18n",
                "ciayumajakuning.context.site",
            ],
        },
    }
]

# --- database, cache, background work -----------------------------------------------------------

_database_url = env("DATABASE_URL") or (
    required("DATABASE_URL", "Alamat PostgreSQL, misalnya postgresql://pengguna@host/basis.")
    if PRODUCTION
    else "postgresql:///ciayumajakuning"
)
DATABASES = {"default": env.db_url_config(_database_url)}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
# Every trigger asks whether it is to be ignored. Where the setting is missing, asking is an error
# that is caught, and each catch walks over all checks that wait for the end of the transaction.
# Compiling a query takes longer than any query here runs.
_connecting = DATABASES["default"].setdefault("OPTIONS", {})
_told = "-c pgtrigger.ignore={} -c jit=off"
_connecting["options"] = f"{_connecting.get('options', '')} {_told}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        env.cache_url_config(env("CACHE_URL"))
        if env("CACHE_URL")
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
    # Where workers leave their sign of life: it must be seen by every process.
    "workers": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "worker_signs",
    },
}

Q_CLUSTER = {
    "name": "ciayumajakuning",
    "orm": "default",
    "cache": "workers",
    "workers": env("TASK_WORKERS"),
    "timeout": 300,
    "retry": 360,  # the lease: longer than a task may run, so that no task runs twice at once
    "max_attempts": 5,
    "poll": 1,
    "guard_cycle": 5,
    "catch_up": False,
    "save_limit": 1000,
    "label": _("Background work"),
}

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:overview"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, not by sign-up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
# After five wrong passwords for one account: wait 15 minutes.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ruang Kerja Ciayumajakuning"
MFA_FORMS = {
    "authenticate": "accounts.forms.SignInCodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
}
# Only where the person ticks it; a new password or a new phone ends it at once.
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = 30 * 24 * 60 * 60
MFA_TRUST_COOKIE_HTTPONLY = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- history ------------------------------------------------------------------------------------

# One trigger call for a statement, not for a row: 100,000 rows cost one more INSERT … SELECT.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
# The object may be gone one day; its history stays.
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(
    related_name="events", db_index=True, db_constraint=False
)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False, db_constraint=False)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- language, time, files ----------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "ciayumajakuning.formats"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- security -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # the balancer asks over plain HTTP
    SECURE_HSTS_SECONDS = env("HSTS_SECONDS")
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env("TRUST_PROXY"):
        # Limits count by address: behind a proxy, by the one that it names last.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- mail and logs ------------------------------------------------------------------------------

if env("EMAIL_URL"):
    vars().update(env.email_url_config(env("EMAIL_URL")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("MAIL_FROM") or "tidak-dibalas@localhost"
# Where visitors may write to; shown on the public pages when it is filled in.
CONTACT_EMAIL = env("CONTACT_EMAIL")
# So long a buyer's name, contact and message are kept after they were sent.
INQUIRY_KEEP_MONTHS: int = env("INQUIRY_KEEP_MONTHS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "ciayumajakuning.requests.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "propagate": False},
        "django_q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]
    Q_CLUSTER["sync"] = True
