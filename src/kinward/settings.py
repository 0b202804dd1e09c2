"""Settings: one file, KINWARD_* from the environment, safe when nothing is set.

Each variable is described in `.env.example`, which a test compares with this file.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kinward.core.databases import database
from kinward.core.hooks import addresses_in
from kinward.core.logs import logging_settings
from kinward.core.mailing import server_at


def switched_on(name: str) -> bool:
    """Tell whether the variable says yes; anything but a clear yes is a no."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def listed(name: str) -> list[str]:
    """Return the comma-separated words of the variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


PACKAGE = Path(__file__).resolve().parent
DEMO = switched_on("KINWARD_DEMO")
DEBUG = switched_on("KINWARD_DEBUG")
PORT = os.environ.get("KINWARD_PORT", "8000")
DATA = Path(os.environ.get("KINWARD_DATA") or "var").resolve()

# Without a key of its own an installation forgets its sessions at each start; the system check
# and wsgi.py refuse to serve it. Tests and the demo, which keep no sessions, run as they are.
SECRET_KEY = os.environ.get("KINWARD_SECRET_KEY", "")
SECRET_KEY_IS_MADE_UP = not SECRET_KEY
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = listed("KINWARD_SECRET_KEY_FALLBACKS")

# The keys that seal what is told about people (core/keys.py), and those of the people themselves
# (core/keystore.py). The demo and the tests make keys of their own, fit for nothing else.
KEYS = os.environ.get("KINWARD_KEYS", "")
KEY_FILE = os.environ.get("KINWARD_KEY_FILE", "")
KEY_IDENTITY = os.environ.get("KINWARD_KEY_IDENTITY", "")
KEYS_ARE_MADE_UP = (DEMO or "PYTEST_VERSION" in os.environ) and not (KEYS or KEY_FILE)
KEY_FILE = KEY_FILE or (str(DATA / "keys.demo") if KEYS_ARE_MADE_UP else "")
FILES = str(DATA / "files")  # sealed attachments; never under a folder that is served
# Uploads stay in memory: what is written to a temporary file would lie there unsealed.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024  # bytes of a whole request; a file has at most 20 MB
KEY_STORE = os.environ.get("KINWARD_KEY_STORE") or str(DATA / "keys.sqlite3")

ALLOWED_HOSTS = listed("KINWARD_ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = listed("KINWARD_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "kinward.core",  # before django.forms, so that its form templates win
    "kinward.audit",
    "kinward.access",
    "kinward.places",
    "kinward.people",
    "kinward.casework",
    "kinward.legal",
    "kinward.tracing",
    "kinward.operations",
    "kinward.health",
    "kinward.placement",
    "kinward.figures",
    "kinward.exchange",
    "kinward.field",
    "kinward.demo",
    "django.forms",
]

MIDDLEWARE = [
    "kinward.core.logs.NameRequests",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kinward.core.middleware.KeepNothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kinward.access.middleware.ByToken",
    "kinward.audit.middleware.SayWhoActs",
    "kinward.core.middleware.SignInRequired",
    "kinward.core.middleware.DefaultDeny",
    "kinward.access.middleware.TellOfStops",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kinward.access.entry.middleware.Proved",  # behind the CSRF check: what it keeps was sent by us
    "kinward.core.language.SwitchLanguage",  # behind the CSRF check, inside LocaleMiddleware
    "kinward.core.middleware.LimitBodies",
    "kinward.core.middleware.ShowErrors",
    "kinward.core.once.Once",  # innermost: all others have let the request pass
]

ROOT_URLCONF = "kinward.urls"
API = "kinward.api.api"
PURPOSE_OF = "kinward.access.policy.usual_purpose"  # what a request is for, unless it says another
FILES_AMONG = "kinward.tracing.queries.files_among"  # what the brake on reading counts
API_DOCUMENT = "kinward.api.document"
WSGI_APPLICATION = "kinward.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "kinward.core.templatetags.once",
                "kinward.core.templatetags.seen",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Partials wrap the cache, the cache wraps cotton: each sees what the next one loaded.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(os.environ.get("KINWARD_DATABASE_URL", ""), folder=DATA)}
# Backups are sealed to people whose identities are never here (core/backups).
BACKUPS = os.environ.get("KINWARD_BACKUPS") or str(DATA / "backups")
BACKUP_RECIPIENTS = listed("KINWARD_BACKUP_RECIPIENTS")
BACKUP_DATABASE_URL = os.environ.get("KINWARD_BACKUP_DATABASE_URL", "")
POSTGRES_PROGRAMS = os.environ.get("KINWARD_POSTGRES_PROGRAMS", "")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by every process and kept over a restart: rates, and codes that were used already.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# A demo on 127.0.0.1 and the tests speak plain HTTP; everything else is only spoken over TLS.
ENCRYPTED = not (DEMO or DEBUG or "PYTEST_VERSION" in os.environ)

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who guesses is not even compared
    "kinward.access.queries.accounts.Roles",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long an invitation is good for

# Signing in, by django-allauth. Accounts are opened by administrators; none has an address.
ACCOUNT_ADAPTER = "kinward.access.entry.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Passwords are counted by the address here and by the account below; codes by the account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "password": "30/m/ip",
    "login_failed": "5/5m/key,20/d/key",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "kinward.access.entry.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENCRYPTED
MFA_TOTP_ISSUER = "Kinward"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False  # the middleware Proved keeps that, and seldom writes
STEP_UP_MINUTES = 5
IDLE_MINUTES = int(os.environ.get("KINWARD_IDLE_MINUTES") or 15)

# Single sign-on, only where an issuer is named. Who comes from there still has a second factor.
SOCIALACCOUNT_ADAPTER = "kinward.access.entry.adapters.Elsewhere"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_ISSUER = os.environ.get("KINWARD_OIDC_ISSUER", "")
OIDC_NAME = os.environ.get("KINWARD_OIDC_NAME") or "OpenID Connect"
OIDC_CLAIM = os.environ.get("KINWARD_OIDC_CLAIM") or "preferred_username"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": os.environ.get("KINWARD_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("KINWARD_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Guessing, stopped by django-axes with the policy of access/rules.py.
AXES_HANDLER = "kinward.access.entry.guessing.Guesses"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 24  # hours: how long a failure is remembered
AXES_LOCK_OUT_AT_FAILURE = False  # the handler alone decides
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # our own log says who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware's page: the sign-in form says it itself
AXES_CLIENT_IP_CALLABLE = "kinward.access.entry.origin.address_of"

# Whom else a server tells that something was recorded: `kinward hooks` prints their secrets.
HOOKS = addresses_in(os.environ.get("KINWARD_HOOKS", ""))

# Mail that names nobody: only where a server and an address of this installation are named. The
# demo writes it into files.
ADDRESS = os.environ.get("KINWARD_ADDRESS", "").rstrip("/")
ADDRESS = ADDRESS or (f"http://127.0.0.1:{PORT}" if DEMO else "")
MAIL_SERVER = server_at(os.environ.get("KINWARD_MAIL_SERVER", ""))
SENDS_MAIL = bool(ADDRESS and (MAIL_SERVER.host or DEMO))
MAIL_BACKENDS = "django.core.mail.backends"
EMAIL_BACKEND = f"{MAIL_BACKENDS}.{'smtp' if MAIL_SERVER.host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(DATA / "mail")
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.tls_from_the_start, MAIL_SERVER.starts_tls
EMAIL_TIMEOUT = 20  # seconds: a third of a lease
DEFAULT_FROM_EMAIL = os.environ.get("KINWARD_MAIL_FROM") or "kinward@localhost"

# How long what is known about somebody is kept: a file of the programme's own, or people/data.
RETENTION = os.environ.get("KINWARD_RETENTION", "")

# Files or folders, on another machine if possible, to which what the log comes to is added.
ANCHORS = listed("KINWARD_ANCHORS")

SECURE_SSL_REDIRECT = ENCRYPTED and not switched_on("KINWARD_NO_SSL_REDIRECT")
SECURE_HSTS_SECONDS = 63_072_000 if ENCRYPTED else 0  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENCRYPTED
BEHIND_PROXY = switched_on("KINWARD_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Not "no-referrer": browsers then send "Origin: null", which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day, then sign in again
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_NAME = "__Host-session" if ENCRYPTED else "session"
CSRF_COOKIE_SECURE = ENCRYPTED
CSRF_COOKIE_NAME = "__Host-csrf" if ENCRYPTED else "csrf"
CSRF_COOKIE_SAMESITE = "Lax"

# In the session at the server: a cookie of its own would carry references of records.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser also holds where a form leads on to against this list.
        "form-action": [SELF, *([origin_of(OIDC_ISSUER)] if OIDC_ISSUER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logging_settings()

# What anything here takes: a form of some pages, a photograph as a telephone takes it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20  # bytes of all that is no file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
LARGEST_UPLOAD = 24 << 20  # bytes of a whole request with files

LANGUAGE_CODE = os.environ.get("KINWARD_LANGUAGE") or "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # the language stays when the session ends
LANGUAGE_COOKIE_NAME = "__Host-language" if ENCRYPTED else "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENCRYPTED
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("KINWARD_TIME_ZONE") or "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kinward.core.static.Assets"},
}
