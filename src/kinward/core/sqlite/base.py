"""The connection, where Django looks for it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from kinward.core.sqlite.gate import Gate
from kinward.core.transactions import Announced

SECONDS: Final = 5.0  # SQLite's own, where the settings name no timeout


class DatabaseWrapper(Announced, base.DatabaseWrapper):
    """An SQLite connection whose transactions pass the write gate, one after the other."""

    transaction_mode: str | None  # set by Django, and not in its stubs
    # With trusted_schema=OFF an older SQLite (seen: 3.40.1) calls its own JSON_VALID unsafe in a
    # constraint. Columns of JSON, libraries' too, are written by Python's json and are valid.
    data_type_check_constraints = {
        kind: check
        for kind, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if kind != "JSONField"
    }

    @cached_property
    def gate(self) -> Gate | None:
        """The gate beside the file; a database in memory has none, as it has no other process."""
        if self.is_in_memory_db():
            return None
        path = Path(f"{self.settings_dict['NAME']}-gate")
        return Gate(path, timeout=self.settings_dict["OPTIONS"].get("timeout", SECONDS))

    def _start_transaction_under_autocommit(self) -> None:
        """Wait at the gate, then begin.

        Raises:
            OperationalError: another transaction kept the gate for longer than the timeout.
        """
        if self.gate and not self.gate.enter():
            raise OperationalError("database is locked: another transaction keeps the write gate")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 (Django's signature)
        """End the transaction, which is committed or rolled back by now, and leave the gate."""
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # likewise
        self._leave()

    def _close(self) -> None:
        """Close, which rolls back what was open, and leave the gate."""
        try:
            super()._close()  # type: ignore[misc]  # likewise
        finally:
            self._leave()

    def _leave(self) -> None:
        """Leave the gate, if there is one and it is held."""
        if self.gate:
            self.gate.leave()
