"""What can go wrong, and the exit code each kind of it ends the command with.

KinmatchError           1
├── BadInput            2   a file, a row, a cell that cannot be understood
├── BadModel            3   a model file that is broken or of another version
└── MissingPart         4   an optional part that is not installed
"""

from __future__ import annotations


class KinmatchError(Exception):
    """Any failure kinmatch foresees. Its text is one line a person can act on."""

    exit_code = 1


class BadInput(KinmatchError):
    """Input that cannot be understood; names the file, row and column where it can."""

    exit_code = 2


class BadModel(KinmatchError):
    """A model file that is broken, or made for another version."""

    exit_code = 3


class MissingPart(KinmatchError):
    """An optional part that is not installed; the text says how to install it."""

    exit_code = 4
