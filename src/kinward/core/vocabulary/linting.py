"""Reading our own files for labels: code lists, texts of screens, names of fields and columns."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.core.vocabulary.labels import DATA, find, find_in_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kinward.core.vocabulary.labels import Found

NAME: Final = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*")
# A word in code font is quoted, as a page that explains the rule must quote it.
QUOTED: Final = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slip:
    """A label in one of our files."""

    path: Path
    line: int
    found: Found


def lint(paths: Iterable[Path]) -> Iterator[Slip]:
    """Yield every label in these files and in those of these folders, but for the list itself."""
    for path in sorted(each for given in paths for each in _files(given)):
        text = path.read_text("utf-8")
        for line, found in READERS[path.suffix](text):
            yield Slip(path, line, found)


def _files(given: Path) -> Iterator[Path]:
    """Yield the files that hold words of ours."""
    candidates = given.rglob("*") if given.is_dir() else [given]
    for path in candidates:
        made_elsewhere = "static" in path.parts
        if path.suffix in READERS and path.name != DATA and not made_elsewhere:
            yield path


def _prose(text: str) -> Iterator[tuple[int, Found]]:
    """Yield the labels of a text, with their lines."""
    return _with_lines(text, find(text))


def _with_lines(text: str, labels: list[Found]) -> Iterator[tuple[int, Found]]:
    """Yield what was found with the line it stands on, counted from 1."""
    return ((text.count("\n", 0, found.start) + 1, found) for found in labels)


def _page(text: str) -> Iterator[tuple[int, Found]]:
    """Yield the labels of a page of the documentation that are not quoted."""
    return _prose(QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted.group()), text))


def _table(text: str) -> Iterator[tuple[int, Found]]:
    """Yield the labels of a list or table, whose keys, codes and columns are names."""
    return _with_lines(text, find(text, in_names=True))


def _named(text: str) -> list[Found]:
    """Return the labels of a text, which may be a name."""
    return find_in_name(text) if NAME.fullmatch(text) else find(text)


def _code(text: str) -> Iterator[tuple[int, Found]]:
    """Yield the labels in the names and texts of a Python file."""
    for node in ast.walk(ast.parse(text)):
        for said in _said(node):
            yield from ((getattr(node, "lineno", 1), found) for found in _named(said))


def _said(node: ast.AST) -> Iterator[str]:
    """Yield what a piece of code calls something, and the texts it holds."""
    for part in ("id", "attr", "arg", "name"):
        if isinstance(name := getattr(node, part, None), str):
            yield name
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


READERS: Final[Mapping[str, Callable[[str], Iterator[tuple[int, Found]]]]] = {
    ".py": _code,
    ".html": _prose,
    ".j2": _prose,
    ".js": _prose,
    ".po": _prose,
    ".md": _page,
    ".yaml": _table,
    ".toml": _table,
    ".tsv": _table,
    ".csv": _table,
}
