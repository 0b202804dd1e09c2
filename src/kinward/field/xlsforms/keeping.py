"""Wordings of forms that programmes brought: the file as it was, and what it says.

A wording holds no word about anybody, so it lies as a file in the folder of the installation:
`wordings/<form>/<version>.xlsx` and `.json`. Its version is the digest of what it asks, as of ours.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from kinward.field.definitions import FORMS
from kinward.field.definitions.asking import SIGNS_OF_A_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from kinward.field.xlsforms.lines import Told
    from kinward.field.xlsforms.mapping import Mapped

FOLDER: Final = "wordings"


def place(form: str) -> Path:
    """Return the folder of the wordings of one form."""
    folder: Path = settings.DATA / FOLDER / form
    return folder


def version_of(told: Told) -> str:
    """Return the version of a wording, by the rule of `Form.version`."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:SIGNS_OF_A_VERSION]


def keep_wording(content: bytes, made: Mapped, *, theirs: str) -> str:
    """Keep a wording with the file it came in, and return its version; `theirs` is the file's.

    Nothing is kept twice: the same words have the same version.
    """
    version = version_of(made.told)
    folder = place(made.told["name"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version}.xlsx").write_bytes(content)
    told: dict[str, Any] = {
        "version": version,
        "theirs": theirs,
        "form": made.told,
        "differences": [asdict(each) for each in made.differences],
    }
    kept = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / f"{version}.json").write_text(kept, "utf-8")
    return version


def kept_wordings(form: str) -> list[dict[str, Any]]:
    """Return the wordings of a form that were kept, in the order of their versions."""
    files = sorted(place(form).glob("*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def told_by_version(form: str, version: str) -> tuple[Told, bool]:
    """Return the form or wording of a version, and whether it is known; ours if it is not."""
    ours = FORMS[form]
    for kept in kept_wordings(form):
        if version and version in {kept["version"], kept["theirs"]}:
            return kept["form"], True
    return ours.told(), version == ours.version
