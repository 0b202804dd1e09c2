from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest

from kinward.exchange.primero import Form, Primero, as_case, relation_of, unmapped, words, written
from kinward.exchange.sources import UnfitFile
from kinward.people.listing import NOTHING, Told, guess, read_row
from kinward.people.models import Assertion, Certainty, Person, SaidBy
from kinward.people.rules import profile

CASE = {
    "id": "0b1c",
    "case_id": "K-7",
    "name": "Зайнаб Петрова",
    "name_other": ["زينب", "Zaynab"],
    "sex": "female",
    "date_of_birth": "2012-05-30",
    "age": 6,
    "registration_date": "2018-12-30",
    "nationality": ["Russia", "Iraq"],
    "language": ["ar", "ru"],
    "place_of_birth": "Mosul",
    "location_last": "Makhachkala; the old town",
    "separation_details": "Fled at night; the mother was held.",
    "physical_characteristics": "A scar [left hand]",
    "owned_by": "worker1",
    "status": "open",
    "estimated": False,
    "empty": [],
    "family_details_section": [
        {
            "unique_id": "1",
            "relation": "mother",
            "relation_name": "Амина",
            "relation_is_alive": "alive",
            "relation_child_lived_with_pre_separation": True,
            "relation_age": 30,
        },
        {"unique_id": "2", "relation": "uncle", "relation_name": "Муса"},
        {"unique_id": "3", "relation": "other_nonfamily", "relation_name": "A neighbour"},
    ],
    "services_section": [{"service_type": "health", "note": "x"}],
}
REGISTERED = datetime(2019, 1, 2, tzinfo=UTC)
SHAPES = {
    "api": {"data": [CASE], "metadata": {"total": 1, "per": 20, "page": 1}},
    "api, one case": {"data": CASE},
    "export": [{"id": "0b1c", "data": {k: v for k, v in CASE.items() if k != "id"}}],
    "export of version 1": [CASE],
}


def entries(said):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return list(Primero(name="cases.json", content=BytesIO(content)).entries())


def facts_of(entry):
    """What stands about a child once the row of the case is registered."""
    columns = list(entry.cells)
    told = Told(said_by=SaidBy.OFFICIAL, certainty=Certainty.PROBABLE, source="x")
    said = read_row([entry.cells[each] for each in columns], [guess(c) for c in columns], told)
    assert said.wrong == ()
    person = Person()
    rows = [
        Assertion(person=person, property=one.property, answer=one.answer, value=dict(one.value))
        for one in said.statements
    ]
    return profile(rows)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_cells(shape):
    (entry,) = entries(SHAPES[shape])

    assert entry.problems == ()
    assert str(entry.place) == "cases.json, K-7"
    assert entry.cells == entries(SHAPES["api"])[0].cells
    assert entry.cells["name"] == "Зайнаб Петрова"
    assert json.loads(entry.cells["family_details_section"]) == [
        "mother: Амина [sex=female, life=alive, together=yes]",
        "sibling_of_parent: Муса [sex=male]",
    ]


def test_nothing_of_a_case_is_lost():
    (entry,) = entries(SHAPES["api"])

    kept = set(entry.cells) | set(entry.rest)
    assert set(CASE) - kept == {"empty"}
    assert entry.rest["age"] == 6
    assert entry.rest["services_section"] == CASE["services_section"]
    assert entry.rest["family_details_section"][2]["relation_name"] == "A neighbour"


def test_unmapped_fields_are_counted_with_those_of_forms_within():
    found = unmapped(entries({"data": [CASE, CASE | {"status": ""}]}))

    assert found["owned_by"] == 2
    assert found["status"] == 1
    assert found["family_details_section.relation_age"] == 2
    assert "name" not in found


@pytest.mark.parametrize("form", list(Form))
def test_mapped_fields_go_in_and_out_in_both_shapes(form):
    (entry,) = entries(SHAPES["api"])
    person = Person(reference="C-1", registered_at=REGISTERED)

    out = as_case(person, facts_of(entry))
    (again,) = entries(written([out], form).encode())

    mapped = {
        "name",
        "name_other",
        "sex",
        "date_of_birth",
        "nationality",
        "language",
        "place_of_birth",
        "location_last",
        "separation_details",
        "physical_characteristics",
        "family_details_section",
    }
    assert {each: again.cells.get(each) for each in mapped} == {
        each: entry.cells[each] for each in mapped
    }
    assert again.problems == ()


def test_age_goes_in_and_out_with_its_day():
    (entry,) = entries([{"name": "X", "age": 7, "registration_date": "2018-12-30"}])

    out = as_case(
        Person(reference="C-1", registered_at=REGISTERED),
        facts_of(entry),
    )

    assert (out["age"], out["registration_date"], out["estimated"]) == (7, "2018-12-30", True)


def test_name_in_parts_is_put_together():
    (entry,) = entries([{"name_first": "Musa", "name_middle": "Ali", "name_last": "Petrov"}])

    assert entry.cells == {"name": "Musa Ali Petrov"}
    assert entry.rest["name_middle"] == "Ali"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", r"^cases\.json: This is no JSON that can be read: line 1"),
        (b"\xff", "no list of cases"),
        (b"[]", "no list of cases"),
        (b"7", "no list of cases"),
        (b"[" * 100_000, "no list of cases"),
    ],
)
def test_what_is_no_list_of_cases_is_refused(content, why):
    with pytest.raises(UnfitFile, match=why):
        entries(content)


def test_problems_name_file_record_and_field():
    first, second, third = entries(
        [
            {"case_id": "K-1", "name": {"a": 1}},
            "no case",
            {"case_id": "K-3", "family_details_section": "mother"},
        ]
    )

    assert str(first.problems[0]).startswith("cases.json, K-1, name: This field holds dict")
    assert str(second.problems[0]).startswith("cases.json, 2: This is no case")
    assert str(third.problems[0]).startswith("cases.json, K-3, family_details_section: ")


def test_columns_are_guessed_as_what_they_mean():
    columns = Primero(name="x", content=BytesIO()).columns

    assert {name: guess(name) or NOTHING for name in columns} == dict(columns)


def test_every_relation_of_ours_has_a_word_of_primero():
    for word, ours in words()["relations"].items():
        sex = words()["sexes"].get(word)
        told = relation_of({"relation": ours} | ({"sex": sex} if sex else {}))
        assert words()["relations"][told] == ours
    assert relation_of({"relation": "milk_mother"}) == "other_family"
