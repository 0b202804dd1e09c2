"""Levels counted in public data: of the half that may be learned from, person by person."""

from __future__ import annotations

import hashlib
import tomllib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from linking import counted, historical, running

COLUMNS = ("unique_id", "cluster", "full_name", "dob", "gender", "birth_place")
EMPTY = ("first_name", "surname", "postcode_fake", "occupation")
COUNTED, UNSEEN = "Q1", "Q3"  # an even and an odd first byte of SHA-256
RECORDS = (
    ("1", COUNTED, "john clifford", "1630-08-12", "male", "devon"),
    ("2", UNSEEN, "mary pollock", "1701-02-13", "female", "kent"),
    ("3", COUNTED, "john clifford", "1630-08-12", "male", "devon"),
    ("4", UNSEEN, "mary pollock", "1701-02-14", "female", "kent"),
    ("5", COUNTED, "john clifford", "1630-08-17", "female", "surrey"),
)


@pytest.fixture
def written(tmp_path, monkeypatch):
    folder = tmp_path / "linkage"
    folder.mkdir()
    told = [{**dict(zip(COLUMNS, one, strict=True)), **dict.fromkeys(EMPTY, "")} for one in RECORDS]
    pq.write_table(pa.Table.from_pylist(told), folder / historical.FILE)
    monkeypatch.setenv("KINWARD_VECTORS", str(tmp_path))
    monkeypatch.setattr(counted, "OUT", tmp_path / "public.toml")
    counted.main()
    return tomllib.loads((tmp_path / "public.toml").read_text("utf-8"))


def test_levels_are_counted_between_a_record_and_the_next_of_its_person(written):
    levels = {
        name: {one: n for one, n in of.items() if n} for name, of in written["levels"].items()
    }

    assert levels["birth"] == {"same_day": 1, "slip": 1}
    assert levels["sex"] == {"same": 1, "different": 1}
    assert levels["place"].pop("different") == 1
    assert sum(levels["place"].values()) == 1
    assert [sum(levels[name].values()) for name in ("given", "family")] == [2, 2]


def test_the_source_is_named_with_its_hash_and_the_half_that_was_counted(written, tmp_path):
    source, raw = written["source"], (tmp_path / "linkage" / historical.FILE).read_bytes()

    assert (source["records"], source["pairs"]) == (3, 2)
    assert source["sha256"] == hashlib.sha256(raw).hexdigest()
    assert [historical.may_be_learned(person) for person in (COUNTED, UNSEEN)] == [True, False]


def test_two_lists_hold_half_of_the_persons_some_on_one_list_alone(tmp_path):
    people = [person for n in range(60) if historical.may_be_learned(person := f"Q{n}")]
    told = [
        {**dict.fromkeys((*COLUMNS, *EMPTY), ""), "unique_id": f"{person} {n}", "cluster": person}
        for n in range(3)
        for person in [*people, UNSEEN]
    ]
    once = {**told[0], "unique_id": "once", "cluster": COUNTED + "0"}
    pq.write_table(pa.Table.from_pylist([*told, once]), tmp_path / historical.FILE)

    folder = historical.write_two(tmp_path / historical.FILE, tmp_path / "two")

    found, sought, truth = (
        [tuple(row.values())[:2] for row in running.rows(folder / f"{name}.csv")]
        for name in ("found", "sought", "truth")
    )
    assert {one.endswith(" 0") for one, *_ in found} == {True}
    assert {one.endswith(" 1") for one, *_ in sought} == {True}
    assert {one.split()[0] for one, *_ in [*found, *sought]} == set(people)
    assert {(one.split()[0], other.split()[0]) for one, other in truth} == {
        (one.split()[0],) * 2 for one, *_ in found if (one.replace(" 0", " 1")) in dict(sought)
    }
    assert len(truth) == pytest.approx(len(people) * 2 / 3, abs=1)
