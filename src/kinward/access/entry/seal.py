"""Sealing the few texts that signing in keeps: seeds of codes, and forms that wait."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet

from kinward.core.keys import secret_for


def _box(use: str) -> Fernet:
    """Return what seals for one use, under the installation's master key."""
    return Fernet(base64.urlsafe_b64encode(secret_for(f"access.{use}")))


def seal(text: str, *, use: str) -> str:
    """Seal a text for one use; another use cannot open it."""
    return _box(use).encrypt(text.encode()).decode()


def unseal(sealed: str, *, use: str) -> str:
    """Open what `seal` made for the same use.

    Raises:
        cryptography.fernet.InvalidToken: it was changed, or made for another use.
    """
    return _box(use).decrypt(sealed).decode()
