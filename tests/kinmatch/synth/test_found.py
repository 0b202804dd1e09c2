# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from kinmatch.synth import Adult, Child, Clerk, Family, Fate, Hand, Parameters
from kinmatch.synth.found import Registration
from kinmatch.synth.parts import Given, bent, customs

MANY = 200
CLEAR = Parameters(
    latin_hand=0.0,
    misheard=0.0,
    spacing=0.0,
    boy_kunya=0.0,
    imposed=0.0,
    nameless=0.0,
    article=0.0,
    child_not_found=0.0,
    father_unknown=0.0,
    mother_unknown=0.0,
    untold=0.0,
    mother_kunya=0.0,
    father_kunya=0.0,
    other_wife_named=0.0,
    stepfather_named=0.0,
    carer_named=0.0,
)
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
        return Registration(Random(seed), replace(CLEAR, **circumstances))

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
    registration, family = make_registration(father_kunya=share), make_family(OMAR)

    written = {registration.father(family.children[0], family, clerk) for _ in range(MANY)}

    assert expected <= written
    assert all(name.split()[0] in {"موسى", "أبو", "ابو"} for name in written)


def test_style_without_a_father_is_never_full(make_registration, make_family):
    registration = make_registration(given_only=0.1, nisba=0.1, kunya=0.1)
    child = make_family(OMAR).children[0]

    styles = {registration.style(child, father_told=False) for _ in range(MANY)}

    assert styles == {"given", "nisba", "kunya"}


def test_camp_registers_in_the_days_before(make_registration):
    registration = make_registration(registered_days=10)

    days = {registration.camp(group).day for group in range(MANY)}

    assert (min(days), max(days)) == (date(2018, 12, 21), date(2018, 12, 30))


def test_family_that_is_split_is_written_down_in_two_groups(make_registration, make_family):
    drafts = make_registration(split=1.0).family(make_family(OMAR, KHALID, ALI))

    assert {draft.group for draft in drafts} == {(0, 0), (0, 1)}
    assert sorted(draft.child.number for draft in drafts) == [0, 1, 2]


def test_only_child_is_never_split(make_registration, make_family):
    drafts = make_registration(split=1.0).family(make_family(OMAR))

    assert [draft.group for draft in drafts] == [(0, 1)]


SECOND = Adult("male", OMAR, ALI, KHALID, bent("Гасанов"))
OTHER_WIFE = Adult("female", Given(("Айшат",), {}, ("عائشة",)), ALI, KHALID, bent("Гасанов"))
AUNT = Adult("female", Given(("Зухра",), {}, ("زهرة",)), ALI, KHALID, bent("Шахалиев"))


def only(registration, family):
    (draft,) = registration.family(family)
    return draft


def with_second(family, *pair, **more):
    return replace(family, households=(*family.households, pair), **more)


@pytest.mark.parametrize(
    ("circumstances", "family_of", "kind", "column", "expected"),
    [
        ({"stepfather_named": 1.0}, (SECOND, MOTHER), "stepfather_as_father", "father", "عمر"),
        (
            {"other_wife_named": 1.0},
            (FATHER, OTHER_WIFE),
            "other_wife_as_mother",
            "mother",
            "عائشة",
        ),
    ],
)
def test_another_parent_is_put_down(
    make_registration, make_family, circumstances, family_of, kind, column, expected
):
    registration = make_registration(recognised=1.0, **circumstances)

    draft = only(registration, with_second(make_family(ABUBAKAR), *family_of))

    assert kind in draft.noise
    assert getattr(draft.row, column)[0].split()[0] == expected


def test_children_of_the_second_husband_keep_their_father(make_registration, make_family):
    made = make_family(ABUBAKAR)
    later = (replace(made.children[0], household=1, father=SECOND),)
    family = with_second(replace(made, children=later), SECOND, MOTHER)

    draft = only(make_registration(recognised=1.0, stepfather_named=1.0), family)

    assert "stepfather_as_father" not in draft.noise
    assert draft.row.father[0].split()[0] == "عمر"


def test_carer_is_put_down_as_the_mother_of_children_taken_in(make_registration, make_family):
    fate = Fate("dead", "in prison", None, "aunt")
    family = replace(make_family(OMAR), fates=(fate,), carer=AUNT)

    draft = only(make_registration(recognised=1.0, carer_named=1.0), family)

    assert draft.row.mother == ("زهرة",)
    assert "carer_as_mother" in draft.noise


def test_children_taken_in_share_the_group_of_their_cousins(make_registration, make_family):
    fate = Fate("dead", "dead", None, "aunt")
    family = replace(make_family(OMAR), number=8, fates=(fate,), carer=AUNT, cousin_of=7)

    draft = only(make_registration(), family)

    assert draft.group == (7, 1)
    assert "with_cousins" in draft.noise


def test_groups_are_registered_in_one_camp(make_registration):
    registration = make_registration()

    assert registration.camp((3, 1)) is registration.camp((3, 1))


def test_orphans_are_told_less_about(make_registration, make_family):
    family = replace(make_family(OMAR), fates=(Fate("dead", "missing"),))

    draft = only(make_registration(untold=1.0), family)

    assert (draft.row.father, draft.row.mother) == ((), ())
    assert {"father_untold", "mother_untold"} <= draft.noise


def test_boys_are_known_by_a_kunya_given_in_fun(make_registration, make_family):
    registration = make_registration(boy_kunya=1.0, double=0.0)

    boys = only(registration, make_family(OMAR))
    girls = only(registration, make_family(MARYAM, sex="female"))

    assert boys.row.name[0].startswith(("أبو ", "ابو "))
    assert "boy_kunya" in boys.noise
    assert "boy_kunya" not in girls.noise


@pytest.mark.parametrize("marked", [0.0, 1.0])
def test_imposed_names_are_of_the_country_and_marked_at_times(
    make_registration, make_family, marked
):
    registration = make_registration(imposed=1.0, imposed_marked=marked, double=0.0)

    draft = only(registration, make_family(OMAR))

    assert draft.row.name[0].startswith("«") == bool(marked)
    known = {form for name in customs()["iraq"].male.items for form in name.arabic}
    assert draft.row.name[0].strip("«»") in known
    assert "imposed" in draft.noise


def test_mother_is_named_or_called(make_registration, make_family):
    family = make_family(OMAR, KHALID)

    named, _ = make_registration(recognised=1.0).family(family)
    called, _ = make_registration(recognised=1.0, mother_kunya=1.0).family(family)

    assert named.row.mother == ("مريم",)
    assert called.row.mother[0] in {"أم خالد", "ام خالد"}


def test_converts_are_put_down_by_the_name_they_are_called_by(make_registration, make_family):
    made = make_family(OMAR)
    called = replace(MOTHER, called=OTHER_WIFE.given)
    family = replace(made, children=(replace(made.children[0], mother=called),))

    draft = only(make_registration(recognised=1.0), family)

    assert draft.row.mother == ("عائشة",)
    assert "convert_name" in draft.noise


def test_clerks_of_latin_hand_write_latin_letters(make_registration, make_family):
    registration = make_registration(latin_hand=1.0)

    draft = only(registration, make_family(OMAR))

    assert {clerk.hand for clerk in registration.clerks} == {Hand.ENGLISH, Hand.FRENCH}
    assert draft.row.name[0].isascii()


def test_children_who_were_not_found_are_not_written_down(make_registration, make_family):
    assert make_registration(child_not_found=1.0).family(make_family(OMAR, KHALID)) == []


def test_noise_of_one_row_is_not_noted_on_the_next(make_registration, make_family):
    registration = make_registration(nameless=1.0)
    first = only(registration, make_family(OMAR))
    registration.parameters = CLEAR

    second = only(registration, make_family(OMAR))

    assert "nameless" in first.noise
    assert "nameless" not in second.noise
