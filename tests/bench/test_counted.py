"""Levels counted in public data: of the half that may be learned from, person by person."""

from __future__ import annotations

import hashlib
import tomllib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from linking import counted, historical

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
    assert [counted.is_counted(person) for person in (COUNTED, UNSEEN)] == [True, False]
