from __future__ import annotations

import pytest

from kinmatch.errors import BadInput
from kinmatch.synth.parts import (
    Spelling,
    Surname,
    System,
    bent,
    cells,
    customs,
    found_places,
    joined,
    options,
    stem,
    table,
    weighted,
    zipf,
)

TABLES = [
    "compounds",
    "customs",
    "descent",
    "given",
    "heard",
    "heard_latin",
    "letters",
    "misheard",
    "places",
    "surnames",
]
CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяӏҳҷӯқғ- ")


@pytest.mark.parametrize("name", TABLES)
def test_table_gives_a_reason_on_every_line(name):
    rows = table(name)

    assert rows != []
    assert [row for row in rows if not row["why"].strip()] == []


@pytest.mark.parametrize("name", TABLES)
def test_table_repeats_no_line(name):
    lines = [
        tuple(value for column, value in row.items() if column != "why") for row in table(name)
    ]

    assert len(lines) == len(set(lines))


def test_cells_name_the_line_that_is_too_short():
    with pytest.raises(BadInput, match=r"parts\.tsv, line 3: expected 2 cells"):
        cells("one\ttwo\na\tb\nc", name="parts")


def test_options_of_an_empty_cell_are_none():
    assert options("") == ()
    assert options("Омар|Умар") == ("Омар", "Умар")


def test_weighted_alternative_may_be_silence():
    assert weighted("ا:5|:4") == {"ا": 5, "": 4}


@pytest.mark.parametrize("custom", customs().values(), ids=lambda custom: custom.id)
def test_custom_has_names_for_large_families(custom):
    assert len(custom.male.items) >= 36
    assert len(custom.female.items) >= 28
    assert len(custom.surnames.items) >= 14
    assert custom.homes != ()
    assert custom.nisbas != ()


@pytest.mark.parametrize(
    "custom",
    [custom for custom in customs().values() if custom.system is System.PATRONYMIC],
    ids=lambda custom: custom.id,
)
def test_fathers_of_patronymic_customs_have_a_stem(custom):
    assert [name.cyrillic[0] for name in custom.male.items if not name.stem] == []


@pytest.mark.parametrize("sex", ["male", "female"])
def test_given_names_are_written_in_cyrillic_letters(sex):
    written = {
        spelling
        for custom in customs().values()
        for name in custom.given(sex).items
        for spelling in name.cyrillic
    }

    assert {spelling for spelling in written if set(spelling.lower()) - CYRILLIC} == set()


def test_given_names_are_written_in_arabic_script():
    written = {
        spelling
        for custom in customs().values()
        for name in (*custom.male.items, *custom.female.items)
        for spelling in name.arabic
    }

    assert {
        one for one in written if any(letter.isascii() and letter != " " for letter in one)
    } == set()


@pytest.mark.parametrize(
    ("male", "female"),
    [("Магомедов", "Магомедова"), ("Мусаев", "Мусаева"), ("Рябинин", "Рябинина")],
)
def test_bent_family_name_follows_the_sex(male, female):
    assert bent(male) == Surname(male, female)


@pytest.mark.parametrize("name", ["Мирзода", "Хол"])
def test_bent_leaves_other_endings_alone(name):
    assert bent(name) == Surname(name, name)


def test_bent_leaves_names_of_other_languages_alone():
    assert bent("Штайнин", "Steinin") == Surname("Штайнин", "Штайнин", "Steinin")


def test_places_are_written_in_cyrillic_at_least():
    places = [*found_places(), *(home for custom in customs().values() for home in custom.homes)]

    assert [place.code for place in places if not place.spellings.get(Spelling.CYRILLIC)] == []
    assert len({place.code for place in places}) == len(places)


@pytest.mark.parametrize(
    "custom",
    [one for one in customs().values() if Spelling.ARABIC in one.spellings.items],
    ids=lambda custom: custom.id,
)
def test_customs_that_write_arabic_have_an_arabic_form_of_everything(custom):
    names = (*custom.male.items, *custom.female.items, *custom.surnames.items, *custom.homes)

    assert [name for name in names if not name.arabic] == []


@pytest.mark.parametrize("custom", customs().values(), ids=lambda custom: custom.id)
def test_names_of_a_custom_are_each_there_once(custom):
    for names in (custom.male, custom.female):
        first = [name.cyrillic[0] for name in names.items]
        assert len(first) == len(set(first))


def test_common_names_are_few_and_rare_ones_many():
    names = customs()["dagestan"].male
    weights = [
        after - before
        for before, after in zip((0, *names.cumulative), names.cumulative, strict=False)
    ]

    shares = sorted((weight / names.total for weight in weights), reverse=True)

    assert 0.04 < shares[0] < 0.12
    assert sum(shares[:20]) > 0.4
    assert len(shares) > 500


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_compounds_have_the_share_asked_for(share):
    names = customs(share)["turkey"].male
    listed = sum(
        " " not in name.cyrillic[0] and name.cyrillic[0][:4] != "Абду" for name in names.items
    )

    assert 1 - names.cumulative[listed - 1] / names.total == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Магомед", "Магомедов"),
        ("Муса", "Мусаев"),
        ("Шамиль", "Шамилев"),
        ("Гарай", "Гараев"),
        ("Хаваж", "Хаважев"),
    ],
)
def test_stem_follows_the_last_letter(name, expected):
    assert stem(name) == expected


def test_compound_is_written_in_every_script():
    first = {
        "customs": "turkey",
        "cyrillic": "Али_",
        "latin": "Ali_",
        "french": "",
        "arabic": "علي_",
    }
    last = {
        "customs": "turkey",
        "cyrillic": "Эмин",
        "latin": "Emin",
        "french": "",
        "arabic": "أمين",
    }

    name = joined(first, last, "male")

    assert name.cyrillic == ("Али Эмин",)
    assert name.arabic == ("علي أمين",)
    assert set(name.latin.values()) == {"Ali Emin"}
    assert (name.stem, name.local) == ("", False)


def test_zipf_goes_on_where_it_stopped():
    assert zipf(5) == zipf(3) + zipf(2, first=4)
