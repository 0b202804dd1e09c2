"""An index of names in a folder."""

import json
from pathlib import Path

import numpy as np
import pytest

from kinmatch.errors import BadInput
from kinmatch.names import Index
from kinmatch.names.stored import load, put_in_place, save

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


def test_save_leaves_every_folder_beside_it_alone(tmp_path, kept):
    for name in ("kept.part", "kept.before"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "precious.txt").write_text("keep")

    save(Index(["Karim Bitar"]), kept)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "kept.before", "kept.part"]
    assert [path.read_text() for path in tmp_path.glob("*/precious.txt")] == ["keep", "keep"]


def test_save_refuses_an_index_that_holds_something_else_too(kept):
    (kept / "notes.txt").write_text("keep")

    with pytest.raises(BadInput, match=r"holds notes\.txt, which is no part of an index"):
        save(Index(["Karim Bitar"]), kept)

    assert load(kept).names == NAMES


def test_save_refuses_a_file_and_the_folder_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("keep")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(BadInput, match="file: is there already, and is no index"):
        save(Index(NAMES), Path("file"))
    for place in (Path(), Path("..")):
        with pytest.raises(BadInput, match="is the folder you are in"):
            save(Index(NAMES), place)


def test_save_makes_the_folders_above_and_may_fill_an_empty_one(tmp_path):
    (tmp_path / "empty").mkdir()

    save(Index(NAMES), tmp_path / "empty")
    save(Index(NAMES), tmp_path / "above" / "below")

    assert load(tmp_path / "empty").names == load(tmp_path / "above" / "below").names == NAMES


def test_save_says_where_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("keep")
    place = tmp_path / "file" / "kept"

    with pytest.raises(BadInput, match="kept: cannot be written: "):
        save(Index(NAMES), place)


def test_what_cannot_be_put_in_place_leaves_the_index_that_was_there(tmp_path, kept):
    aside = tmp_path / "aside"
    aside.mkdir()

    with pytest.raises(FileNotFoundError):
        put_in_place(aside, kept)

    assert load(kept).names == NAMES
