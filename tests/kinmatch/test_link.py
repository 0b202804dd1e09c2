from __future__ import annotations

import csv

import pytest

from kinmatch.engines import prepare
from kinmatch.errors import BadInput
from kinmatch.link import COLUMNS, link, write_candidates
from kinmatch.model import Way, default_model, probability
from kinmatch.records import read
from kinmatch.records.cells import harmless, unguarded

FOUND = "id,name,sex,born,mother,camp\n-F1,رسلان محمد,male,2011,خديجة,=1+1\nF2,,,,,\n"
SOUGHT = "id,name,sex,born,mother,told by\nS1,Руслан Магомедович,male,2011-05,Хадижат,aunt\n"


@pytest.fixture
def written(write, tmp_path):
    def lines(**options):
        found, sought = read(write("found.csv", FOUND)), read(write("sought.csv", SOUGHT))
        linkage = link(found.persons, sought.persons, engine="reference", threshold=0.001)
        write_candidates(linkage, found, sought, tmp_path / "out.csv", **options)
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return lines


def test_link_finds_the_child_across_scripts(found, sought):
    linkage = link(found, sought)

    assert [one.sought_id for one in linkage.of("F1")] == ["S1"]
    assert [one.sought_id for one in linkage.of("F2")] == ["S2"]


def test_link_says_of_whom_nobody_is_a_credible_match(found, sought):
    linkage = link(found, sought, engine="reference")

    assert linkage.without_candidate == ("F3",)
    assert linkage.of("F3") == []


def test_link_accounts_for_every_pair(found, sought):
    linkage = link(found, sought, engine="reference", threshold=0.9)

    assert linkage.compared == len(linkage.candidates) + linkage.below
    assert all(one.probability >= 0.9 for one in linkage.candidates)


def test_link_gives_a_weight_that_is_the_sum_of_its_reasons(found, sought):
    linkage = link(found, sought, engine="reference")

    for one in linkage.candidates:
        bits = sum(reason.bits for reason in one.reasons)
        assert one.weight == pytest.approx(one.prior + bits, abs=1e-6)
        curve = default_model().curve(Way.PAIRS, len(sought))
        assert one.probability == pytest.approx(probability(curve(one.weight)))
        told = {reason.comparison for reason in one.reasons}
        assert told >= {"given", "father", "mother", "siblings", "birth", "sex", "place"}
        assert told.isdisjoint({"marks", "languages", "age", "kinship"})


def test_link_of_one_gives_what_the_batch_gives(found, sought):
    batch = link(found, sought, engine="reference")

    alone = link(found, sought, engine="reference", only=["F2"])

    assert alone.found_ids == ("F2",)
    assert alone.candidates == tuple(batch.of("F2"))


def test_link_uses_a_population_prepared_before(found, sought):
    population = prepare(found, sought)

    linkage = link(found, sought, engine="reference", population=population)

    assert linkage == link(found, sought, engine="reference")


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_link_is_the_same_every_time(found, sought, engine):
    assert link(found, sought, engine=engine) == link(found, sought, engine=engine)


def test_link_gives_the_same_with_either_engine(found, sought):
    assert link(found, sought, engine="duckdb") == link(found, sought, engine="reference")


def test_link_draws_the_order_of_equals_with_the_seed(person):
    found = [person("F", names="Тимур", born="2012")]
    sought = [person(f"S{number}", names="Тимур", born="2012") for number in range(8)]

    orders = [
        [
            one.sought_id
            for one in link(
                found, sought, engine="reference", threshold=0.001, seed=seed
            ).candidates
        ]
        for seed in (0, 0, 1)
    ]

    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2]) == [f"S{number}" for number in range(8)]


def test_link_puts_the_strongest_first(person):
    found = [person("F", names="Тимур", born="2012", mother="Мадина")]
    sought = [
        person("S1", names="Тимур", born="2013"),
        person("S2", names="Тимур", born="2012", mother="Мадина"),
    ]

    linkage = link(found, sought, engine="reference", threshold=0.001)

    assert [one.sought_id for one in linkage.candidates] == ["S2", "S1"]


@pytest.mark.parametrize("threshold", [0, 1, -1, 1.5])
def test_link_refuses_a_threshold_that_is_no_probability(found, sought, threshold):
    with pytest.raises(BadInput, match="a threshold of"):
        link(found, sought, threshold=threshold, progress=lambda *_: pytest.fail("names compared"))


def test_link_refuses_an_id_nobody_has(found, sought):
    with pytest.raises(BadInput, match="F9"):
        link(found, sought, only=["F9"])


def test_written_candidates_have_reasons_in_words_and_the_model(written):
    (line,) = written()

    assert list(line)[: len(COLUMNS)] == list(COLUMNS)
    assert "Mother's name: the same name" in line["reasons_for"]
    assert "Father's name" in line["reasons_for"] + line["not_known"]
    assert line["model"].startswith("default-4+")
    assert line["band"] == "likely"


def test_written_candidates_speak_the_language_asked_for(written):
    (line,) = written(language="ru")

    assert "Имя матери" in line["reasons_for"]


def test_written_candidates_keep_the_columns_that_are_not_compared(written):
    (line,) = written()

    assert line["sought_told by"] == "aunt"


def test_written_candidates_run_nothing_in_a_spreadsheet(written):
    (line,) = written()

    assert line["found_id"] == "'-F1"
    assert line["found_camp"] == "'=1+1"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("+x", "'+x"), ("-1.5", "-1.5"), ("a=1", "a=1"), ("", "")],
)
def test_harmless_guards_formulas_and_leaves_numbers(cell, safe):
    assert harmless(cell) == safe
    assert unguarded(safe) == cell


def test_write_candidates_says_that_it_cannot_write(write, tmp_path):
    records = read(write("found.csv", FOUND))
    linkage = link(records.persons, [], engine="reference")

    with pytest.raises(BadInput, match="cannot be written"):
        write_candidates(linkage, records, records, tmp_path / "gone" / "out.csv")
