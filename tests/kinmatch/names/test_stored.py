"""An index of names in a folder."""

import json

import numpy as np
import pytest

from kinmatch.errors import BadInput
from kinmatch.names import Index
from kinmatch.names.stored import load, save

NAMES = ["Rima Toran", "Руслан Торанов", "حمزة بن أحمد توران", "", "\udcff"]
QUERIES = ["Ruslan Toranov", "Рима Торан", "حمزة توران"]


def answers(index):
    return [index.search(query, top=5) for query in QUERIES]


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "kept"
    save(Index(NAMES), folder)
    return folder


def test_loaded_index_answers_as_the_saved_one(kept):
    index = load(kept)

    assert index.names == NAMES
    assert answers(index) == answers(Index(NAMES))


def test_what_was_added_and_taken_out_is_saved(tmp_path, kept):
    index = load(kept)
    index.add("Ruslan Toranov")
    index.remove(1)

    save(index, tmp_path / "again")

    again = load(tmp_path / "again")
    assert answers(again) == answers(index)
    assert [hit.index for hit in again.search("Ruslan Toranov", top=1)] == [len(NAMES)]


def test_adding_to_a_loaded_index_leaves_its_folder_alone(kept):
    index = load(kept)

    index.add("Ruslan Toranov")
    index.remove(0)

    assert answers(load(kept)) == answers(Index(NAMES))


def test_save_writes_over_an_index(kept):
    save(Index(["Karim Bitar"]), kept)

    assert load(kept).names == ["Karim Bitar"]


def test_save_writes_over_nothing_else(tmp_path):
    (tmp_path / "precious.txt").write_text("keep")

    with pytest.raises(BadInput, match="is there already, and is no index"):
        save(Index(NAMES), tmp_path)

    assert (tmp_path / "precious.txt").read_text() == "keep"


def test_load_refuses_what_is_no_index(tmp_path):
    with pytest.raises(BadInput, match="is no index of names"):
        load(tmp_path)


def test_load_refuses_an_index_of_other_tables(kept):
    about = kept / "index.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "tables": "other"}))

    with pytest.raises(BadInput, match="made by another version of kinmatch; build it anew"):
        load(kept)


def test_load_refuses_an_index_that_lost_an_array(kept):
    (kept / "names_ends.npy").unlink()

    with pytest.raises(BadInput, match="the index is damaged"):
        load(kept)


def test_load_refuses_an_index_that_was_cut_short(kept):
    np.save(kept / "parts_end.npy", np.load(kept / "parts_end.npy")[:2])

    with pytest.raises(BadInput, match=r"damaged \(an array is not as long as it was\)"):
        load(kept)


def test_load_refuses_an_index_with_an_empty_file(kept):
    (kept / "roles.npy").write_bytes(b"")

    with pytest.raises(BadInput, match="the index is damaged"):
        load(kept)


def test_load_refuses_what_is_no_description(kept):
    (kept / "index.json").write_text("[]")

    with pytest.raises(BadInput, match="is no index of names"):
        load(kept)


def test_arrays_are_mapped_not_read(kept):
    index = load(kept)

    assert isinstance(index.columns["forms"].held, np.memmap)
