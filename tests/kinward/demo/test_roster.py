"""The shelter's roster: known children once more, in Latin letters."""

from __future__ import annotations

from kinward.demo.roster import HEADER, MEANINGS, listed
from kinward.people.listing import Told, read_row


def test_roster_names_children_who_may_be_traced_in_latin_letters(caseload):
    children = {child.key: child for together in caseload.registered for child in together.children}

    rows = listed(caseload.registered)

    assert len({one.key for one in rows}) == len(rows) == 2
    assert [one.row[0] for one in rows] == [2, 3]
    for one in rows:
        assert children[one.key].consents[-1].state == "given"
        assert len(one.row[1]) == len(HEADER)
        assert one.row[1][0].isascii()
        assert read_row(one.row[1], MEANINGS, Told(as_of="2018-12-20")).wrong == ()
