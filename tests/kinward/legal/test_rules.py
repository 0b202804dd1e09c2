"""Where a document contradicts itself, and whether two names are one."""

from __future__ import annotations

from datetime import date

import pytest

from kinward.legal.models import Difference, Flaw
from kinward.legal.rules import InLetters, differences, flaws, in_letters, is_as_told
from kinward.people.naming import machine_readable, spelled_in_documents


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ()),
        ({"zone": ""}, ()),
        ({"zone": "P<RUS"}, (Flaw.FAULTY,)),
        ({"number": "53 0123456"}, ()),
        ({"number": "530123457"}, (Flaw.NUMBER,)),
        ({"issuer": "IRQ"}, (Flaw.ISSUER,)),
        ({"valid_until": date(2023, 10, 30)}, (Flaw.VALIDITY,)),
        ({"given": "Рустам"}, (Flaw.NAME,)),
        ({"surname": "محمدوف"}, (Flaw.NAME,)),
        ({"surname": "MAGOMEDOV", "given": "RUSLAN"}, ()),
    ],
)
def test_document_contradicts_itself_where_its_lines_say_something_else(printed, said, found):
    assert flaws(printed(**said), spelled_in_documents) == found


def test_wrong_check_digit_is_a_flaw(printed):
    zone = printed().zone.replace("530123456", "530123465")

    assert flaws(printed(zone=zone), spelled_in_documents) == (Flaw.FAULTY, Flaw.NUMBER)


def test_older_spelling_of_russian_passports_is_the_same_name(printed):
    zone = printed().zone.replace("MAGOMEDOV<<RUSLAN", "YUSUPOV<<YULIYA<<")

    found = flaws(printed(zone=zone, surname="Юсупов", given="Юлия"), spelled_in_documents)

    assert found == ()


def test_name_that_is_cut_short_in_full_lines_is_the_same(printed):
    surname, given = "Магомедсултановы" * 3, "Абдулмуталибшамиль"
    zone = printed().zone.splitlines()
    zone[0] = f"P<RUS{machine_readable(surname)}"[:41] + "<<A"
    cut = printed(zone="\n".join(zone), surname=surname, given=given)

    assert Flaw.NAME not in flaws(cut, spelled_in_documents)
    assert in_letters(cut, machine_readable).given == machine_readable(given)


def test_name_is_read_from_the_lines_where_there_are_some(printed):
    with_lines, without = printed(given="Рустам"), printed(given="Рустам", zone="")

    assert str(in_letters(with_lines, machine_readable)) == "MAGOMEDOV<<RUSLAN"
    assert str(in_letters(without, machine_readable)) == "MAGOMEDOV<<RUSTAM"


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (("MAGOMEDOV", "RUSLAN"), ()),
        (("Магомедов", "Руслан"), ()),
        (("Магомедова", "Руслан"), (Difference.SURNAME,)),
        (("MAGOMEDOV", "RUSTAM"), (Difference.GIVEN,)),
        (("RUSLAN", "MAGOMEDOV"), (Difference.EXCHANGED,)),
        (("YUSUPOV", ""), (Difference.SURNAME, Difference.GIVEN)),
    ],
)
def test_names_differ_letter_by_letter(listed, found):
    document = InLetters(surname="MAGOMEDOV", given="RUSLAN")
    surname, given = map(machine_readable, listed)

    assert differences(document, InLetters(surname=surname, given=given)) == found


def test_what_parts_a_name_does_not_count():
    document = InLetters(surname="AL<HASSAN", given="ABD<ALLAH")

    assert differences(document, InLetters(surname="ALHASSAN", given="ABDALLAH")) == ()


@pytest.mark.parametrize(
    ("told", "same"),
    [("Руслан", True), ("Руслан Магомедов", True), ("Рустам Магомедов", False), ("", False)],
)
def test_name_that_was_told_in_part_is_the_one_in_the_document(told, same):
    document = InLetters(surname="MAGOMEDOV", given="RUSLAN")

    assert is_as_told(document, machine_readable(told)) == same
