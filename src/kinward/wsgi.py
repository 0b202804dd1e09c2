"""The door a web server comes in by: `gunicorn kinward.wsgi`."""

from __future__ import annotations

import os
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from kinward.core import beside
from kinward.core.fitness import refuse_unfit_database
from kinward.core.keys import ring

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
if settings.SECRET_KEY_IS_MADE_UP and not settings.DEMO:
    raise ImproperlyConfigured("Set KINWARD_SECRET_KEY: see .env.example.")
ring()  # refuses to serve where the keys are unfit
application = get_wsgi_application()
refuse_unfit_database()
import_module("kinward.access.rows").refuse_unwalled()  # its models are loaded by now
import_module("kinward.people.queries").refuse_erased_who_are_back()
beside.start()
