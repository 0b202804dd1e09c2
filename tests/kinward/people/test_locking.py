"""The short version of `bench/reliability/locking.py`, on the database of the tests."""

from __future__ import annotations

import pytest
from reliability.locking import child_to_edit, contend

WRITERS, EDITS = 8, 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("checked", [True, False])
def test_edits_of_many_at_once_are_lost_only_without_versions(checked):
    child, by = child_to_edit()

    found = contend(child, by, edits=EDITS, writers=WRITERS, checked=checked)

    assert child.consents.count() == EDITS + 1
    assert (found.lost == 0) is checked
    assert (found.refused > 0) is checked
