"""Settings of the processes that are killed: the tables of the ground and of the log, no more.

RELIABILITY_DATABASE names the database as KINWARD_DATABASE_URL does, RELIABILITY_WAITS how it waits
for the disk: `safe`, as Kinward does, or the word of the control, which must lose.
"""

from __future__ import annotations

import os
import tempfile

from kinward.core.databases import database

WAITS = os.environ.get("RELIABILITY_WAITS", "safe")
DATABASES = {"default": database(os.environ["RELIABILITY_DATABASE"], folder=None)}
OPTIONS = DATABASES["default"]["OPTIONS"]
if WAITS != "safe" and "init_command" in OPTIONS:
    command = OPTIONS["init_command"].replace("synchronous=FULL", f"synchronous={WAITS}")
    DATABASES["default"]["OPTIONS"] = OPTIONS | {"init_command": command}
elif WAITS != "safe":
    OPTIONS["options"] = f"-c synchronous_commit={WAITS}"

BACKUPS = os.environ.get("RELIABILITY_BACKUPS", "")
BACKUP_DATABASE_URL = ""
POSTGRES_PROGRAMS = os.environ.get("RELIABILITY_PROGRAMS", "")
DATA = KEY_STORE = BACKUPS
BACKUP_RECIPIENTS: list[str] = []  # the worker makes one

KEYS = KEY_IDENTITY = ""
KEY_FILE, KEYS_ARE_MADE_UP = f"{tempfile.gettempdir()}/kinward-reliability.keys", True
ANCHORS: list[str] = []
SECRET_KEY = "for made-up rows"  # noqa: S105 (it protects nothing)
SECRET_KEY_IS_MADE_UP = DEMO = False
INSTALLED_APPS = ["kinward.core", "kinward.audit"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
