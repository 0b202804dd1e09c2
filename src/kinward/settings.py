"""Settings: one file, KINWARD_* from the environment, safe when nothing is set.

Each variable is described in `.env.example`, which a test compares with this file.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kinward.core.databases import database


def switched_on(name: str) -> bool:
    """Tell whether the variable says yes; anything but a clear yes is a no."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def listed(name: str) -> list[str]:
    """Return the comma-separated words of the variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


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
    "kinward.core",  # before django.forms, so that its form templates win
    "kinward.audit",
    "kinward.access",
    "kinward.places",
    "kinward.people",
    "kinward.tracing",
    "kinward.demo",
    "django.forms",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kinward.core.middleware.KeepNothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kinward.audit.middleware.SayWhoActs",
    "kinward.core.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kinward.core.language.SwitchLanguage",  # behind the CSRF check, inside LocaleMiddleware
    "kinward.core.middleware.ShowErrors",
]

ROOT_URLCONF = "kinward.urls"
API_DOCUMENT = "kinward.api.document"
WSGI_APPLICATION = "kinward.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "builtins": ["django_cotton.templatetags.cotton"],
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["kinward.access.queries.Roles"]
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
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "access:sign_in"

# Files or folders, on another machine if possible, to which what the log comes to is added.
ANCHORS = listed("KINWARD_ANCHORS")

# A demo on 127.0.0.1 and the tests speak plain HTTP; everything else is only spoken over TLS.
ENCRYPTED = not (DEMO or DEBUG or "PYTEST_VERSION" in os.environ)
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

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = os.environ.get("KINWARD_LANGUAGE") or "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # the language stays when the session ends
LANGUAGE_COOKIE_NAME = "language"
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
