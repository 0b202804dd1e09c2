from __future__ import annotations

import csv

import pyarrow.parquet as pq
import pytest

from kinmatch.errors import BadInput
from kinmatch.records import read
from kinmatch.synth import Form, Parameters, Tables, stream, synth

IRAQ = Parameters(customs=(("iraq", 1),), not_found=1.0, nobody_seeks=0.0)


def test_parquet_says_the_same_as_csv(tmp_path):
    caseload = synth(40, 2)

    comma = caseload.write(tmp_path, Form.CSV)
    arrow = caseload.write(tmp_path, Form.PARQUET)

    for one, other in zip(comma, arrow, strict=True):
        lines = list(csv.DictReader(one.read_text(encoding="utf-8").splitlines()))
        assert pq.read_table(other).to_pylist() == lines


@pytest.mark.parametrize("form", Form)
def test_files_can_be_read_as_persons(tmp_path, form):
    caseload = synth(60, 2)

    found, sought, *_ = caseload.write(tmp_path, form)

    assert len(read(found).persons) == len(caseload.found)
    assert len(read(sought).persons) == len(caseload.sought)


def test_parts_follow_one_another(tmp_path):
    with Tables(tmp_path, Form.PARQUET) as tables:
        for part in stream(1010, 6):
            tables.append(part)

    written = pq.ParquetFile(tables.paths[0])
    assert written.num_row_groups == 2
    assert written.metadata.num_rows == len(synth(1010, 6).found)


def test_sides_without_rows_are_written(tmp_path):
    found, *_ = synth(3, 1, parameters=IRAQ).write(tmp_path, Form.PARQUET)

    assert pq.read_table(found).num_rows == 0


@pytest.mark.parametrize("form", Form)
def test_folder_that_cannot_be_written_is_named(tmp_path, form):
    (tmp_path / f"found.{form}").mkdir()

    with pytest.raises(BadInput, match="cannot be written"):
        synth(1, 1).write(tmp_path, form)
