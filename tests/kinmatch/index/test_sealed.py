"""A sealed file opens with its key alone, whole and unaltered, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.errors import BadInput
from kinmatch.index import LiveIndex, sealed, snapshot
from kinmatch.index.sealed import MAGIC, PIECE, SALT, TAG, Opening, Sealing, is_sealed

KEY, OTHER = bytes(range(32)), bytes(32)
HEAD = len(MAGIC) + SALT


def sealed_file(path, content, key=KEY):
    with path.open("wb") as file, Sealing(file, key) as sealing:
        sealing.write(content)
    return path


def opened(path, key=KEY):
    with path.open("rb") as file:
        return Opening(file, key, path.name).read()


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealed, "PIECE", 16)


@given(content=st.binary(max_size=100), some=st.integers(1, 40))
def test_what_was_sealed_is_read_back_in_any_portions(tmp_path_factory, content, some):
    path = sealed_file(tmp_path_factory.mktemp("sealed") / "file", content)

    with path.open("rb") as file:
        opening = Opening(file, KEY, "file")
        read = b""
        while portion := opening.read(some):
            read += portion

    assert read == content


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_content_of_any_length_is_read_back(tmp_path, size):
    content = bytes(size)

    assert opened(sealed_file(tmp_path / "file", content)) == content


def test_no_text_of_the_content_stands_in_the_file(tmp_path):
    path = sealed_file(tmp_path / "file", "رسلان".encode() * 50)

    assert "رسلان".encode() not in path.read_bytes()


def test_a_sealed_file_is_known_by_its_first_bytes(tmp_path):
    plain, short = tmp_path / "plain", tmp_path / "short"
    plain.write_bytes(b"id,name\n" * 10)
    short.write_bytes(MAGIC[:-1])

    assert is_sealed(sealed_file(tmp_path / "file", b"")) is True
    assert [is_sealed(path) for path in (plain, short, tmp_path / "gone", tmp_path)] == [False] * 4


def test_the_same_content_is_sealed_otherwise_each_time(tmp_path):
    one, other = (sealed_file(tmp_path / name, b"same") for name in ("one", "other"))

    assert one.read_bytes()[HEAD:] != other.read_bytes()[HEAD:]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("at", range(0, 64 + 4 * TAG, 5))
def test_one_bit_altered_anywhere_is_noticed(tmp_path, at):
    path = sealed_file(tmp_path / "file", b"0123456789abcdef" * 4)
    raw = bytearray(path.read_bytes())
    raw[HEAD - SALT + at] ^= 1
    path.write_bytes(bytes(raw))

    with pytest.raises(BadInput, match="the key is another one, or the file is damaged"):
        opened(path)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_file_cut_off_between_pieces_is_noticed(tmp_path, kept):
    path = sealed_file(tmp_path / "file", b"0123456789abcdef" * 4)
    path.write_bytes(path.read_bytes()[: HEAD + kept * (16 + TAG)])

    with pytest.raises(BadInput, match="damaged"):
        opened(path)


@pytest.mark.usefixtures("small_pieces")
def test_pieces_exchanged_are_noticed(tmp_path):
    path = sealed_file(tmp_path / "file", b"0123456789abcdef" * 4)
    raw, piece = path.read_bytes(), 16 + TAG
    first, second = raw[HEAD : HEAD + piece], raw[HEAD + piece : HEAD + 2 * piece]
    path.write_bytes(raw[:HEAD] + second + first + raw[HEAD + 2 * piece :])

    with pytest.raises(BadInput, match="damaged"):
        opened(path)


def test_another_key_opens_nothing(tmp_path):
    with pytest.raises(BadInput, match="the key is another one"):
        opened(sealed_file(tmp_path / "file", b"x"), OTHER)


def test_a_key_of_another_length_is_refused(tmp_path):
    with pytest.raises(BadInput, match="a key of 5 bytes; expected 32"):
        LiveIndex().save(tmp_path / "file", b"short")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_snapshot_is_refused(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"something else")

    with pytest.raises(BadInput, match="is no snapshot of an index"):
        LiveIndex.open(path, KEY)


@pytest.mark.parametrize("kept", [len(MAGIC), len(MAGIC) + 3, HEAD])
def test_a_file_cut_to_its_head_is_refused(tmp_path, kept):
    path = tmp_path / "file"
    LiveIndex().save(path, KEY)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(BadInput, match="is cut short"):
        LiveIndex.open(path, KEY)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        LiveIndex.open(tmp_path / "nowhere", KEY)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        LiveIndex().save(tmp_path / "nowhere" / "file", KEY)


def test_the_file_before_stays_when_writing_fails(tmp_path, sought, monkeypatch):
    path = tmp_path / "file"
    index = LiveIndex()
    index.load(sought)
    index.save(path, KEY)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot.os, "fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        index.save(path, KEY)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_tables_of_another_kinmatch_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "file"
    LiveIndex().save(path, KEY)
    monkeypatch.setattr(snapshot, "VERSION", 99)

    with pytest.raises(BadInput, match="was made with another kinmatch or model"):
        LiveIndex.open(path, KEY)
