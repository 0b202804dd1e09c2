"""An index of names kept in a folder, and mapped into memory from there.

The folder holds one array a file and `index.json`: the version of this form, and a fingerprint of
the tables the words were spelled by. An index made by other tables is refused, not misread.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kinmatch.errors import BadInput
from kinmatch.names.arrays import COLUMNS
from kinmatch.names.growing import Growing
from kinmatch.names.index import Index
from kinmatch.names.postings import Postings
from kinmatch.names.scripts import KNOWN
from kinmatch.names.vocabulary import COLUMNS as WORD_COLUMNS
from kinmatch.names.vocabulary import Vocabulary, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

VERSION = 2
ABOUT = "index.json"


@cache
def fingerprint() -> str:
    """Return a hash of every table that words are read and spelled by."""
    digest = hashlib.sha256()
    folder = files("kinmatch.data") / "names"
    for part in (folder, folder / "sounds"):
        for table in sorted(part.iterdir(), key=lambda path: path.name):
            if table.name.endswith(".tsv"):
                digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()


def save(index: Index, folder: Path) -> None:
    """Write an index into a new folder, or over an index that is there.

    Nothing is taken away but the index that was there, and only when the new one is whole. Raises
    BadInput where the folder holds anything else, is the one we are in, or cannot be written.
    """
    try:
        place = folder.resolve()
        check_free(folder, place)
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        try:
            write(arrays_of(index), aside / "made")
            put_in_place(aside, place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written: {error.strerror or error}") from error


def check_free(folder: Path, place: Path) -> None:
    """Raise BadInput where a folder, at `place`, holds anything but an index or is in use."""
    if Path.cwd().is_relative_to(place):
        raise BadInput(f"{folder}: is the folder you are in; name another one for the index")
    if not place.exists():
        return
    held = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    if not place.is_dir() or (held and ABOUT not in held):
        raise BadInput(f"{folder}: is there already, and is no index")
    others = [name for name in held if name != ABOUT and not name.endswith(".npy")]
    if others:
        raise BadInput(f"{folder}: holds {others[0]}, which is no part of an index")


def write(arrays: dict[str, NDArray[Any]], folder: Path) -> None:
    """Write the arrays of an index, and what it says of itself, into a new folder."""
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    about = {"version": VERSION, "tables": fingerprint(), "sizes": sizes_of(arrays)}
    (folder / ABOUT).write_text(json.dumps(about), "utf-8")


def put_in_place(aside: Path, place: Path) -> None:
    """Move what was made into its place; what was there goes aside, and back if that fails."""
    before = aside / "before"
    if place.exists():
        place.rename(before)
    try:
        (aside / "made").rename(place)
    except OSError:
        if before.exists():
            before.rename(place)
        raise


def load(folder: Path) -> Index:
    """Map an index into memory; names can be added and taken out, which does not change the folder.

    Raises BadInput where there is none, or one made by other tables.
    """
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
    except (OSError, ValueError):
        raise BadInput(f"{folder}: is no index of names") from None
    if not isinstance(about, dict):
        raise BadInput(f"{folder}: is no index of names")
    if about.get("version") != VERSION or about.get("tables") != fingerprint():
        raise BadInput(f"{folder}: was made by another version of kinmatch; build it anew")
    try:
        arrays = {path.stem: np.load(path, mmap_mode="r") for path in folder.glob("*.npy")}
        if about.get("sizes") != sizes_of(arrays):
            raise ValueError("an array is not as long as it was")  # noqa: TRY301 - said as below
        return restored(arrays)
    except (KeyError, ValueError, OSError, EOFError) as error:
        raise BadInput(f"{folder}: the index is damaged ({error}); build it anew") from None


def sizes_of(arrays: dict[str, NDArray[Any]]) -> dict[str, int]:
    """Return how long each array is: one that was cut short is not to be run over."""
    return {name: len(array) for name, array in sorted(arrays.items())}


def arrays_of(index: Index) -> dict[str, NDArray[Any]]:
    """Return every array of an index, what was added since it was packed put in its place."""
    found = {name: growing.array for name, growing in index.columns.items()}
    found |= texts("names", index.names) | lists("held", index.postings.repacked())
    return found | arrays_of_vocabulary(index.vocabulary)


def arrays_of_vocabulary(vocabulary: Vocabulary) -> dict[str, NDArray[Any]]:
    """Return every array of a vocabulary."""
    found = texts("words", vocabulary.forms)
    for script, words in vocabulary.words.items():
        found |= {f"{script}_{name}": growing.array for name, growing in words.columns.items()}
        found |= lists(f"{script}_pairs", words.pairs.repacked())
    return found


def restored(arrays: dict[str, NDArray[Any]]) -> Index:
    """Return the index of such arrays."""
    index = Index()
    index.names = read_texts("names", arrays)
    index.columns = {name: Growing(arrays[name]) for name in COLUMNS}
    index.postings = read_lists("held", arrays)
    index.vocabulary = restored_vocabulary(arrays)
    return index


def restored_vocabulary(arrays: Mapping[str, NDArray[Any]]) -> Vocabulary:
    """Return the vocabulary of such arrays."""
    words = {
        script: Words(
            script,
            {name: arrays[f"{script}_{name}"] for name in WORD_COLUMNS},
            read_lists(f"{script}_pairs", arrays),
        )
        for script in KNOWN
    }
    return Vocabulary.kept(read_texts("words", arrays), words)


def lists(name: str, postings: Postings) -> dict[str, NDArray[Any]]:
    """Return the arrays of lists that have nothing hanging."""
    return {f"{name}_starts": postings.starts, f"{name}_values": postings.values}


def read_lists(name: str, arrays: Mapping[str, NDArray[Any]]) -> Postings:
    """Return the lists of such arrays."""
    return Postings(arrays[f"{name}_starts"], arrays[f"{name}_values"])


def texts(name: str, held: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return texts as one array of bytes and where each ends."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in held]
    ends = np.cumsum([len(text) for text in encoded], dtype=np.int64)
    return {f"{name}_bytes": np.frombuffer(b"".join(encoded), np.uint8), f"{name}_ends": ends}


def read_texts(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """Return the texts of such arrays."""
    whole, begin, found = arrays[f"{name}_bytes"].tobytes(), 0, []
    for end in arrays[f"{name}_ends"].tolist():
        found.append(whole[begin:end].decode("utf-8", "surrogatepass"))
        begin = end
    return found
