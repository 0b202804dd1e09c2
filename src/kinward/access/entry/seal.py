"""Sealing the few texts that signing in keeps: seeds of codes, and forms that wait."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _key(secret: str, use: str) -> Fernet:
    """Derive the key for one use from one secret of the installation."""
    derived = HKDF(SHA256(), 32, salt=None, info=f"kinward.access.{use}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))


def _keys(use: str) -> MultiFernet:
    """Return the key for a use, with those of earlier secrets behind it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_key(secret, use) for secret in secrets])


def seal(text: str, *, use: str) -> str:
    """Seal a text for one use; another use cannot open it."""
    return _keys(use).encrypt(text.encode()).decode()


def unseal(sealed: str, *, use: str) -> str:
    """Open what `seal` made for the same use.

    Raises:
        cryptography.fernet.InvalidToken: it was changed, made for another use, or by a lost secret.
    """
    return _keys(use).decrypt(sealed).decode()
