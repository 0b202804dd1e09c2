# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest

import kinmatch.synth
from kinmatch.synth import Clerk
from kinmatch.synth.clerk import heard
from kinmatch.synth.parts import Given, Place, Surname, customs

MANY = 300


@pytest.fixture
def make_clerk():
    def make(*, recognised=0.0, misheard=0.0, seed=1):
        return Clerk(Random(seed), recognised=recognised, misheard=misheard)

    return make


def is_arabic(text):
    return all("\u0600" <= letter <= "\u06ff" or letter == " " for letter in text)


def test_clerk_writes_a_known_name_as_his_neighbours(make_clerk):
    clerk = make_clerk(recognised=1.0)

    assert clerk.given(Given(("Патимат",), {}, ("فاطمة",))) == "فاطمة"


def test_clerk_spells_an_unknown_name_by_ear(make_clerk):
    clerk = make_clerk(recognised=1.0)

    written = {clerk.given(Given(("Лечи",), {}, ())) for _ in range(MANY)}

    assert len(written) > 3
    assert "ليتشي" in written


def test_clerk_drops_short_vowels_at_times(make_clerk):
    clerk = make_clerk()

    written = {clerk.hear("Магомед") for _ in range(MANY)}

    assert {"ماغوميد", "مغمد", "ماجوميد"} <= written


def test_clerk_replaces_sounds_that_arabic_lacks(make_clerk):
    clerk = make_clerk()

    written = {clerk.hear("Пап")[0] for _ in range(MANY)}

    assert written == {"ب", "ف", "پ"}


def test_clerk_prefers_the_usual_spelling(make_clerk):
    clerk = make_clerk(recognised=1.0)
    name = Given(("Ахмед",), {}, ("أحمد", "احمد"))

    written = [clerk.given(name) for _ in range(MANY)]

    assert written.count("أحمد") > written.count("احمد") > 0


def test_clerk_mishears_one_letter(make_clerk):
    clerk = make_clerk(recognised=1.0, misheard=1.0)
    name = Given(("Халид",), {}, ("خالد",))

    written = {clerk.given(name) for _ in range(MANY)}

    assert written == {"خالد", "حالد"}


def test_clerk_writes_arabic_family_names_as_they_are(make_clerk):
    surname = Surname("ат-Туниси", "ат-Туниси", "al-Tounsi", "التونسي")

    assert make_clerk().surname(surname, "male") == "التونسي"


def test_clerk_hears_the_sex_in_a_family_name(make_clerk):
    clerk = make_clerk()
    surname = Surname("Исаев", "Исаева")

    male = {clerk.surname(surname, "male") for _ in range(MANY)}
    female = {clerk.surname(surname, "female") for _ in range(MANY)}

    assert {name[-1] for name in male} == {"ف"}
    assert {name[-1] for name in female} == {"ا", "ة", "ه"}


def test_clerk_writes_places(make_clerk):
    assert make_clerk().place(Place("IQ-BG", {}, ("بغداد",))) == "بغداد"


@pytest.mark.parametrize("custom", customs().values(), ids=lambda custom: custom.id)
def test_clerk_can_write_every_part_of_a_name(make_clerk, custom):
    clerk = make_clerk(misheard=0.5)

    written = [clerk.hear(s) for name in custom.male + custom.female for s in name.cyrillic]
    written += [clerk.surname(name, sex) for name in custom.surnames for sex in ("male", "female")]

    assert [text for text in written if not text or not is_arabic(text)] == []


def test_heard_sounds_stand_at_every_place_of_a_word():
    units = {unit for unit, _ in heard()}

    places = {"start", "middle", "end"}
    missing = [
        unit
        for unit in units
        if (unit, "any") not in heard() and {w for u, w in heard() if u == unit} != places
    ]
    assert missing == []


def test_made_up_names_are_not_written_by_the_matcher():
    folder = Path(kinmatch.synth.__file__).parent
    imported = {
        node.module
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }

    assert {module for module in imported if module.startswith("kinmatch.names")} == set()
