# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from random import Random

import pytest

from kinmatch.synth import Adult, Relative
from kinmatch.synth.parts import Descent, Given, Place, Spelling, Surname, bent, customs
from kinmatch.synth.relative import patronymic

MUSA = Given(("Муса",), {}, ("موسى",), "Мусаев")
OMAR = Given(("Омар", "Умар"), {}, ("عمر",), "Омаров")
AISHA = Given(
    ("Айша",),
    {Spelling.PASSPORT: "Aisha", Spelling.FRENCH: "Aïcha", Spelling.GERMAN: "Aischa"},
    ("عائشة",),
)
FATHER = Adult("male", OMAR, MUSA, MUSA, bent("Шахалиев"))
MANY = 100
DAGESTAN = customs()["dagestan"]


@pytest.fixture
def make_relative():
    def make(spelling=Spelling.CYRILLIC, *, patronymic_dropped=0.0, typing_error=0.0, seed=1):
        return Relative(
            Random(seed),
            spelling,
            patronymic_dropped=patronymic_dropped,
            typing_error=typing_error,
        )

    return make


@pytest.mark.parametrize(("sex", "expected"), [("male", "Мусаевич"), ("female", "Мусаевна")])
def test_patronymic_follows_the_sex(sex, expected):
    assert patronymic(MUSA, sex) == expected


def test_patronymic_needs_a_stem():
    assert patronymic(AISHA, "male") == ""


def test_relative_writes_the_name_with_patronymic_in_either_order(make_relative):
    relative = make_relative()
    relative.usual[OMAR.cyrillic] = "Омар"

    written = {relative.adult(FATHER, DAGESTAN) for _ in range(MANY)}

    assert written == {"Шахалиев Омар Мусаевич", "Омар Мусаевич Шахалиев"}


def test_relative_leaves_the_patronymic_out(make_relative):
    relative = make_relative(patronymic_dropped=1.0)
    relative.usual[OMAR.cyrillic] = "Омар"

    written = {relative.adult(FATHER, DAGESTAN) for _ in range(MANY)}

    assert written == {"Шахалиев Омар", "Омар Шахалиев"}


def test_relative_writes_a_nasab_for_arab_families(make_relative):
    house = Surname("ат-Туниси", "ат-Туниси", "al-Tounsi", "التونسي")
    mother = Adult("female", AISHA, MUSA, MUSA, house)

    assert (
        make_relative(Spelling.FRENCH).adult(mother, customs()["syria"]) == "Aïcha Mousa al-Tounsi"
    )


def test_relative_writes_two_words_for_western_families(make_relative):
    mother = Adult("female", AISHA, MUSA, MUSA, Surname("Штайнбах", "Штайнбах", "Steinbach"))

    assert make_relative(Spelling.GERMAN).adult(mother, customs()["germany"]) == "Aischa Steinbach"
    assert make_relative(Spelling.CYRILLIC).adult(mother, customs()["germany"]) == "Айша Штайнбах"


def test_relative_spells_one_name_always_the_same(make_relative):
    relatives = [make_relative(seed=seed) for seed in range(MANY)]

    spellings = [{relative.given(OMAR) for _ in range(5)} for relative in relatives]

    assert {len(each) for each in spellings} == {1}
    assert set().union(*spellings) == {"Омар", "Умар"}


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        (Spelling.CYRILLIC, "Шахалиева"),
        (Spelling.PASSPORT, "Shakhalieva"),
        (Spelling.FRENCH, "Chakhalieva"),
        (Spelling.GERMAN, "Schachaliewa"),
    ],
)
def test_relative_bends_the_family_name_in_every_spelling(make_relative, spelling, expected):
    assert make_relative(spelling).surname(FATHER.surname, "female") == expected


def test_relative_writes_places_in_the_spelling_used(make_relative):
    place = Place("IQ-BG", {Spelling.FRENCH: "Bagdad"}, ())

    assert make_relative(Spelling.FRENCH).place(place) == "Bagdad"


def test_relative_swaps_letters_but_never_the_first(make_relative):
    relative = make_relative(typing_error=1.0)

    written = {relative.typed("Омаров") for _ in range(MANY)}

    assert written == {"Оамров", "Омраов", "Омаорв", "Омарво"}


def test_relative_leaves_short_words_alone(make_relative):
    assert make_relative(typing_error=1.0).typed("Али") == "Али"


NURLAN = Given(("Нурлан",), {Spelling.UZBEK: "Nurlan"}, ("نورلان",), "Нурланов")


@pytest.mark.parametrize(
    ("kind", "male", "female"),
    [
        ("stem", "Асанов Омар Нурланович", "Асанова Омар Нурлановна"),
        ("joined", "Асанов Омар Нурланулы", "Асанова Омар Нурланкызы"),
        ("apart", "Асанов Омар Нурлан угли", "Асанова Омар Нурлан кизи"),
        ("before", "Нурлан уулу Омар", "Нурлан кызы Омар"),
        ("house", "Нурланзода Омар", "Нурланзода Омар"),
    ],
)
def test_relative_names_the_father_as_papers_do(make_relative, kind, male, female):
    endings = {
        "stem": ("ич", "на"),
        "joined": ("улы", "кызы"),
        "apart": (" угли", " кизи"),
        "before": (" уулу", " кызы"),
        "house": ("зода", "зода"),
    }[kind]
    descent = Descent(kind, dict(zip(("male", "female"), endings, strict=True)), {})
    for sex, expected in (("male", male), ("female", female)):
        relative = make_relative()
        relative.usual[OMAR.cyrillic] = "Омар"
        surname = relative.surname(bent("Асанов"), sex)

        written = {
            " ".join(relative.descended(descent, "Омар", surname, sex, NURLAN)) for _ in range(MANY)
        }

        assert expected in written
        assert {" ".join(sorted(name.split())) for name in written} == {
            " ".join(sorted(expected.split()))
        }


def test_relative_writes_endings_in_latin_letters(make_relative):
    descent = Descent("apart", {"male": " угли"}, {"male": " o'g'li"})

    words = make_relative(Spelling.UZBEK).descended(descent, "Rustam", "Karimov", "male", NURLAN)

    assert sorted(words) == ["Karimov", "Nurlan o'g'li", "Rustam"]


def test_papers_of_one_family_name_the_father_always_the_same(make_relative):
    custom = customs()["uzbekistan"]
    relative = make_relative()

    assert len({relative.descent(custom).kind for _ in range(MANY)}) == 1
    assert {make_relative(seed=s).descent(custom).kind for s in range(MANY)} == {"stem", "apart"}


def test_relative_writes_arabic(make_relative):
    relative, house = (
        make_relative(Spelling.ARABIC),
        Surname("аль-Ани", "аль-Ани", "al-Ani", "العاني"),
    )
    father = Adult("male", Given(("Халед",), {}, ("خالد",)), MUSA, MUSA, house)

    assert relative.adult(father, customs()["iraq"]) in {"خالد موسى العاني", "خالد موسي العاني"}
    assert relative.place(Place("IQ-NI:mosul", {}, ("الموصل", "موصل"))) == "الموصل"


@pytest.mark.parametrize(
    ("father", "male", "female"),
    [("Никитин", "Никитич", "Никитинична"), ("Ильин", "Ильич", "Ильинична")],
)
def test_patronymic_of_a_stem_in_in(father, male, female):
    name = Given(("",), {}, (), father)

    assert (patronymic(name, "male"), patronymic(name, "female")) == (male, female)
