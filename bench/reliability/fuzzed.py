"""The targets of `fuzzing`, each run in a process of its own.

python bench/reliability/fuzzed.py TARGET EXECUTIONS FOLDER_OF_SEEDS SECONDS
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import atheris

from reliability.mutating import zipped

with atheris.instrument_imports(include=["kinward.core.intake", "kinward.core.vocabulary"]):
    from kinward.core.intake import kinds, texts
    from kinward.core.intake.archives import unpack
    from kinward.core.intake.images import redraw
    from kinward.core.intake.refusals import Refused
    from kinward.core.vocabulary import find, never_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATIENCE: Final = 60  # seconds for one input, on a machine that has other work
LONGEST: Final = 16_384  # bytes of one input
MEMORY: Final = 3_072  # megabytes
OFFICE: Final = {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w:p>x</w:p>"}


def library(room: str) -> Any:
    """Return a room of the library, loaded only by the targets that are in it."""
    return import_module(f"kinmatch.{room}")


def text_of(data: bytes) -> str:
    """Return input as a text."""
    return data.decode("utf-8", "ignore")


def photo(data: bytes) -> None:
    """Draw a photograph anew, or refuse it."""
    with suppress(Refused):
        taken = redraw(data)
        assert taken.content[:2] == taken.thumbnail[:2] == b"\xff\xd8"  # noqa: S101 (what it promises)


def file(data: bytes) -> None:
    """Take any other file, or refuse it."""
    with suppress(Refused):
        assert texts.inspect(data).content == data  # noqa: S101 (what it promises)


def archive(data: bytes) -> None:
    """Unpack an archive, or refuse it."""
    with suppress(Refused):
        unpack(data, lambda _name: True)


def office(data: bytes) -> None:
    """Take an office document with this as its text, or refuse it."""
    with suppress(Refused):
        texts.inspect(zipped(OFFICE | {"word/document.xml": data}))


def kind(data: bytes) -> None:
    """Tell what kind of file it is, or refuse it."""
    with suppress(Refused):
        kinds.kind_of(data)


def labels(data: bytes) -> None:
    """Find labels, each where it says it stands."""
    text = text_of(data)
    assert all(text[each.start : each.end] == each.written for each in find(text))  # noqa: S101


def profiles(data: bytes) -> None:
    """Find what is never kept, each where it says it stands."""
    text = text_of(data)
    assert all(text[each.start : each.end] == each.written for each in never_kept(text))  # noqa: S101


def edtf(data: bytes) -> None:
    """Read a date, or refuse it."""
    with suppress(library("errors").KinmatchError):
        span = library("dates").from_edtf(text_of(data))
        assert span is None or span.first <= span.last  # noqa: S101 (what it promises)


def name(data: bytes) -> None:
    """Read a name, whatever it is."""
    text = text_of(data)[:500]
    library("names").parse(text)
    library("names").romanise(text)


def table(data: bytes) -> None:
    """Read a table of persons, or refuse it by its line."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as written:
        written.write(data)
        written.flush()
        with suppress(library("errors").KinmatchError):
            library("records").read(Path(written.name))


def lying(data: bytes) -> None:
    """Break a promise now and then: the control, which must be caught."""
    assert b"zz" not in data  # noqa: S101 (what it promises)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    each.__name__: each
    for each in (photo, file, archive, office, kind, labels, profiles, edtf, name, table, lying)
}


def fuzz(target: str, executions: str, folder: str, seconds: str) -> None:
    """Let libFuzzer run the target. Does not return."""
    options = {
        "atheris_runs": executions,
        "max_len": LONGEST,
        "max_total_time": seconds,
        "timeout": PATIENCE,
        "rss_limit_mb": MEMORY,
        "seed": 5,
        "artifact_prefix": f"{folder}/failed-",
        "print_final_stats": 1,
    }
    arguments = [f"-{option}={value}" for option, value in options.items()]
    atheris.Setup([sys.argv[0], *arguments, folder], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(*sys.argv[1:5])
