"""A live index kept in a sealed file, and taken up again from there without reading a name."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy

from kinmatch.errors import BadInput
from kinmatch.index.census import Census
from kinmatch.index.held import SEARCHED
from kinmatch.index.nearness import MOST
from kinmatch.index.sealed import Opening, Sealing
from kinmatch.index.texts import Texts
from kinmatch.names.growing import Growing
from kinmatch.names.neighbours import Neighbourhood
from kinmatch.names.stored import (
    arrays_of_vocabulary,
    fingerprint,
    lists,
    read_lists,
    read_texts,
    restored_vocabulary,
    texts,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kinmatch.index.held import Held
    from kinmatch.model import Model

VERSION = 4
HELD = ("entries", "ends", "days", "here", "group")
LENGTH = 8  # bytes of the length of what is said of the arrays


def save(census: Census, model: Model, path: Path, key: bytes) -> None:
    """Write everything into a sealed file; what was there before stays until the new one is whole.

    Raises:
        BadInput: it cannot be written, or the key is not 32 bytes.
    """
    arrays = arrays_of(census)
    about = json.dumps(
        {
            "version": VERSION,
            "tables": fingerprint(),
            "preparation": repr(model.preparation),
            "persons": {kind: counts.persons for kind, counts in census.counts.items()},
            "settled": census.nearness.settled,
            "arrays": list(arrays),
        }
    ).encode()
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            try:
                with Sealing(file, key) as sealing:
                    sealing.write(len(about).to_bytes(LENGTH) + about)
                    for array in arrays.values():
                        npy.write_array(sealing, array, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink()
                raise
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def load(model: Model, path: Path, key: bytes) -> Census:
    """Return what was saved, to be used with a model that prepares records the same way.

    Raises:
        BadInput: it is no snapshot, the key is another one, it is damaged, or was made with other
            tables of names or a model that prepares records otherwise.
    """
    try:
        with path.open("rb") as file:
            opening = Opening(file, key, str(path))
            about = json.loads(opening.read(int.from_bytes(opening.read(LENGTH))))
            made_by = about["version"], about["tables"], about["preparation"]
            if made_by != (VERSION, fingerprint(), repr(model.preparation)):
                raise BadInput(f"{path}: was made with another kinmatch or model; build it anew")
            arrays = {name: npy.read_array(opening, allow_pickle=False) for name in about["arrays"]}
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    return restored(model, arrays, about)


def arrays_of(census: Census) -> dict[str, NDArray[Any]]:
    """Return every array of a settled census."""
    held, nearness = census.held, census.nearness
    found: dict[str, NDArray[Any]] = {
        "counted": census.counted.array,
        **{name: getattr(held, name).array for name in HELD},
        "ids_bytes": held.ids.raw.array,
        "ids_ends": held.ids.ends.array,
        "groups_bytes": held.groups.raw.array,
        "groups_ends": held.groups.ends.array,
        **texts("keys", nearness.keys),
        **texts("other", list(census.words)),
        **lists("members", held.members.repacked()),
        **lists("near", nearness.lists.repacked()),
    }
    for column, postings in held.postings.items():
        found |= lists(f"of_{column}", postings.repacked())
    for kind, counts in census.counts.items():
        found[f"seen_{kind}"] = counts.seen.array
    apart = census.held_apart
    found["apart_places"] = np.array(list(apart), np.int64)
    found["apart_ends"] = np.cumsum([len(one) for one in apart.values()], dtype=np.int64)
    found["apart"] = np.concatenate([np.empty(0, np.int64), *apart.values()])
    return found | arrays_of_vocabulary(nearness.around.vocabulary)


def living(held: Held) -> NDArray[np.int32]:
    """Return how many of each group are here."""
    groups = held.group.array[held.here.array]
    return np.bincount(groups, minlength=len(held.groups)).astype(np.int32)


def restored(model: Model, arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> Census:
    """Return the census of such arrays."""
    census = Census(model)
    held, nearness = census.held, census.nearness
    for name in HELD:
        setattr(held, name, Growing(arrays[name]))
    census.counted = Growing(arrays["counted"])
    held.empty = int((~held.here.array).sum())
    held.ids = Texts(arrays["ids_bytes"], arrays["ids_ends"])
    held.groups = Texts(arrays["groups_bytes"], arrays["groups_ends"])
    held.living = Growing(living(held))
    held.members = read_lists("members", arrays)
    held.postings = {column: read_lists(f"of_{column}", arrays) for column in SEARCHED}
    nearness.keys = read_texts("keys", arrays)
    nearness.number = {key: place for place, key in enumerate(nearness.keys)}
    nearness.lists, nearness.settled = read_lists("near", arrays), about["settled"]
    nearness.around = Neighbourhood(nearness.keys, MOST, restored_vocabulary(arrays))
    census.words = {word: place for place, word in enumerate(read_texts("other", arrays))}
    of_place = held.postings["place"].starts
    for place, number in census.words.items():
        if number + 1 < len(of_place) and of_place[number] < of_place[number + 1]:
            census.enter_place(place, number)
    for kind, counts in census.counts.items():
        counts.include([""] * len(arrays["seen_place"]) if kind == "place" else nearness.keys)
        counts.seen = Growing(arrays[f"seen_{kind}"])
        counts.persons = about["persons"][kind]
    parts = np.split(arrays["apart"], arrays["apart_ends"][:-1])
    places = arrays["apart_places"].tolist()
    census.held_apart = dict(zip(places, parts[: len(places)], strict=True))
    return census
