"""Walls taken down on purpose, for a while: what is watched must then be seen to fall."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from kinward.access import policy
from kinward.access.models import Compartment, Grant, Role, Way
from kinward.access.rules import Permission, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

ROLES: Final = (Role.REGISTRAR,)


def everywhere() -> AbstractContextManager[Any]:
    """Let registrars reach every record."""
    return widened(ways=frozenset({Way.EVERYWHERE}))


def compartment() -> AbstractContextManager[Any]:
    """Open the health compartment to registrars."""
    return widened(compartments=frozenset({Compartment.HEALTH}))


@contextmanager
def widened(
    *, ways: frozenset[Way] = frozenset(), compartments: frozenset[Compartment] = frozenset()
) -> Iterator[None]:
    """Widen the rules by which registrars see children."""
    opened = tuple(
        rule._replace(ways=rule.ways | ways, compartments=rule.compartments | compartments)
        if Permission.SEE_CHILDREN in rule.permissions
        else rule
        for rule in table.TABLE[Role.REGISTRAR]
    )
    with patch.object(table, "TABLE", {**table.TABLE, Role.REGISTRAR: opened}):
        yield


def face() -> AbstractContextManager[Any]:
    """Let the question to the database forget that what was given ends."""
    return patch.object(policy, "standing_grants", lambda at: Grant.objects.filter(since__lte=at))
