# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from kinmatch.synth import Adult, Child, Clerk, Family, Parameters
from kinmatch.synth.found import Registration
from kinmatch.synth.parts import Given, bent, customs

MANY = 200
DAGESTAN, FRANCE = customs()["dagestan"], customs()["france"]
OMAR = Given(("Омар",), {}, ("عمر",), "Омаров")
MUSA = Given(("Муса",), {}, ("موسى",), "Мусаев")
ALI = Given(("Али",), {}, ("علي",), "Алиев")
KHALID = Given(("Халид",), {}, ("خالد",), "Халидов")
MARYAM = Given(("Марьям",), {}, ("مريم",))
ABUBAKAR = Given(("Абубакар",), {}, ("أبو بكر",), "Абубакаров")
FATHER = Adult("male", MUSA, ALI, KHALID, bent("Шахалиев"))
MOTHER = Adult("female", MARYAM, ALI, KHALID, bent("Омаров"))


@pytest.fixture
def make_registration():
    def make(seed=1, **circumstances):
        return Registration(Random(seed), replace(Parameters(), **circumstances))

    return make


@pytest.fixture
def clerk():
    return Clerk(Random(1), recognised=1.0, misheard=0.0)


@pytest.fixture
def make_family():
    def make(*given, custom=DAGESTAN, sex="male"):
        children = tuple(
            Child(0, number, 0, custom, sex, name, date(2010 + number, 3, 4), FATHER, MOTHER)
            for number, name in enumerate(given)
        )
        return Family(0, custom, custom.homes[0], children, ((FATHER, MOTHER),))

    return make


def forms(registration, style, family, clerk):
    child = family.children[0]
    return {registration.form(style, child, family, clerk) for _ in range(MANY)}


def test_full_name_goes_on_with_the_father(make_registration, make_family, clerk):
    written = forms(make_registration(), "full", make_family(OMAR), clerk)

    assert {"عمر موسى", "عمر موسى علي"} < written
    assert {" ".join(name.split()[:2]) for name in written} == {"عمر موسى"}


def test_full_name_of_western_families_has_no_father(make_registration, make_family, clerk):
    written = forms(make_registration(), "full", make_family(OMAR, custom=FRANCE), clerk)

    assert [name for name in written if "موسى" in name] == []
    assert {len(name.split()) for name in written} == {2}


def test_given_name_stands_alone(make_registration, make_family, clerk):
    assert forms(make_registration(), "given", make_family(OMAR), clerk) == {"عمر"}


def test_nisba_follows_the_given_name(make_registration, make_family, clerk):
    written = forms(make_registration(), "nisba", make_family(OMAR), clerk)

    assert written == {f"عمر {nisba}" for nisba in DAGESTAN.nisbas}


def test_kunya_names_the_father_after_a_brother(make_registration, make_family, clerk):
    written = forms(make_registration(), "kunya", make_family(OMAR, KHALID), clerk)

    assert written == {
        "عمر أبو خالد",
        "عمر ابو خالد",
        "عمر ابن أبو خالد",
        "عمر ابن ابو خالد",
        "عمر بن أبو خالد",
        "عمر بن ابو خالد",
    }


def test_kunya_of_a_girl_says_daughter(make_registration, make_family, clerk):
    written = forms(make_registration(), "kunya", make_family(MARYAM, KHALID, sex="female"), clerk)

    assert {name.split()[1] for name in written} == {"أبو", "ابو", "بنت"}


def test_kunya_that_is_a_name_is_not_doubled(make_registration, make_family, clerk):
    family = make_family(OMAR, ABUBAKAR)

    written = {
        make_registration(seed).kunya(family.children[0], family, clerk) for seed in range(MANY)
    }

    assert written == {"أبو بكر"}


@pytest.mark.parametrize(("share", "expected"), [(1.0, {"أبو علي", "ابو علي"}), (0.0, {"موسى"})])
def test_father_is_named_or_called(make_registration, make_family, clerk, share, expected):
    registration, family = make_registration(kunya=share), make_family(OMAR)

    written = {registration.father(family.children[0], family, clerk) for _ in range(MANY)}

    assert expected <= written
    assert all(name.split()[0] in {"موسى", "أبو", "ابو"} for name in written)


def test_style_without_a_father_is_never_full(make_registration):
    registration = make_registration(given_only=0.1, nisba=0.1, kunya=0.1)

    styles = {registration.style(father_told=False) for _ in range(MANY)}

    assert styles == {"given", "nisba", "kunya"}


def test_age_is_never_below_nought(make_registration, make_family):
    registration = make_registration(born_known=0.0, age_error=10.0)
    child = replace(make_family(OMAR).children[0], born=date(2018, 6, 1))

    ages = {int(registration.birth(child, date(2018, 12, 1))[1]) for _ in range(MANY)}

    assert min(ages) == 0
    assert max(ages) > 5


def test_camp_registers_in_the_days_before(make_registration):
    registration = make_registration(registered_days=10)

    days = {registration.camp().day for _ in range(MANY)}

    assert (min(days), max(days)) == (date(2018, 12, 21), date(2018, 12, 30))


def test_family_that_is_split_is_written_down_in_two_groups(make_registration, make_family):
    drafts = make_registration(split=1.0).family(make_family(OMAR, KHALID, ALI))

    assert {draft.group for draft in drafts} == {(0, 0), (0, 1)}
    assert sorted(draft.child.number for draft in drafts) == [0, 1, 2]


def test_only_child_is_never_split(make_registration, make_family):
    drafts = make_registration(split=1.0).family(make_family(OMAR))

    assert [draft.group for draft in drafts] == [(0, 1)]
