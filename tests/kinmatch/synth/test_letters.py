from __future__ import annotations

import pytest

from kinmatch.synth.letters import latin, units
from kinmatch.synth.parts import Spelling


@pytest.mark.parametrize(
    ("cyrillic", "passport", "french", "german"),
    [
        ("Юсуп", "Iusup", "Iousoup", "Jusup"),
        ("Джамал", "Dzhamal", "Djamal", "Dschamal"),
        ("Чечня", "Chechnia", "Tchetchnia", "Tschetschnja"),
        ("Гехи", "Gekhi", "Guekhi", "Gechi"),
        ("Ӏали", "Ali", "Ali", "Ali"),
        ("Шамиль", "Shamil", "Chamil", "Schamil"),
    ],
)
def test_latin_follows_the_table_of_the_spelling(cyrillic, passport, french, german):
    written = [latin(cyrillic, s) for s in (Spelling.PASSPORT, Spelling.FRENCH, Spelling.GERMAN)]

    assert written == [passport, french, german]


def test_latin_leaves_cyrillic_to_cyrillic():
    assert latin("Юсуп", Spelling.CYRILLIC) == "Юсуп"


def test_latin_starts_each_part_with_a_capital():
    assert latin("аль-Масри", Spelling.PASSPORT) == "Al-Masri"


def test_units_take_two_letters_where_they_sound_as_one():
    assert units("джаж", {"дж", "д", "ж", "а"}) == ["дж", "а", "ж"]


def test_units_keep_letters_that_no_table_knows():
    assert units("a?", {"а"}) == ["a", "?"]
