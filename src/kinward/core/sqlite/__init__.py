"""Django's SQLite backend on a SQLite without the WAL-reset bug, its writers one at a time.

The package `pysqlite3` brings a SQLite of its own. Where it is installed, Django's backend is
imported with it in the place of the standard library's `sqlite3`, which every other importer keeps.
"""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("sqlite3", "sqlite3.dbapi2")


def import_backend() -> None:
    """Import Django's backend over pysqlite3; over the standard library's where there is none."""
    try:
        module = import_module("pysqlite3")
    except ImportError:
        return  # the start-up check says whether the machine's SQLite is fit
    kept = {name: sys.modules[name] for name in NAMES if name in sys.modules}
    sys.modules |= dict(zip(NAMES, (module, module.dbapi2), strict=True))
    try:
        import_module("django.db.backends.sqlite3.base")
    finally:
        for name in NAMES:
            del sys.modules[name]
        sys.modules |= kept


import_backend()
