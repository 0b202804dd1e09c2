"""Announces the start and the end of each outermost transaction, on every database we run on."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

from kinward.core.databases import transaction_began, transaction_ends


class Announced(BaseDatabaseWrapper):
    """A connection that tells whoever listens when a transaction of its own begins and ends."""

    def set_autocommit(
        self,
        autocommit: bool,  # noqa: FBT001 (Django's signature)
        force_begin_transaction_with_broken_autocommit: bool = False,  # noqa: FBT001, FBT002 (likewise)
    ) -> None:
        """Begin a transaction, or end one, and announce what began; nothing else begins one.

        Raises:
            TransactionManagementError: autocommit is switched off by hand. After a commit by hand
                the next transaction would begin by itself, unannounced and past the write gate.
        """
        if autocommit:
            super().set_autocommit(True)
            return
        if not force_begin_transaction_with_broken_autocommit:  # only atomic() forces
            raise TransactionManagementError("Begin transactions by transaction.atomic().")
        super().set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        try:
            transaction_began.send(sender=type(self), connection=self)
        except BaseException:
            # atomic() has not entered yet, so nobody else would end what has begun.
            self.rollback()
            super().set_autocommit(True)
            raise

    def _commit(self) -> None:
        """Announce that the transaction ends, and commit it."""
        # Receivers may write: atomic() has left its block by now, and would commit once more.
        self.in_atomic_block = True
        try:
            transaction_ends.send(sender=type(self), connection=self)
        except BaseException:
            self.in_atomic_block = False
            self.rollback()
            raise
        self.in_atomic_block = False
        super()._commit()  # type: ignore[misc]  # not in the stubs
