"""Build what a telephone knows of names, frontend/js/field/names.js, from kinmatch's own tables.

    python tools/build_field_names.py            writes the file
    python tools/build_field_names.py --check    exits 1 if it would write another one

The tables are those `kinmatch.names.skeletons` reads, without their sources and without what a
telephone does not use. The forms of known names are made here, so that the telephone need not.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kinmatch.names.forms import SHORT_NAME, names_numbered, numbered_names, other_forms
from kinmatch.names.patronymics import fathers_in
from kinmatch.names.scripts import KNOWN
from kinmatch.names.tables import kinds, mapping, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET: Final = Path(__file__).resolve().parent.parent / "frontend/js/field/names.js"
ABOUT: Final = """\
// What is known of names: letters, sounds, known names, short names, patronymics, endings.
// Made by tools/build_field_names.py from kinmatch's tables: change those, not this.
"""


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs of texts as one text: two of a pair by a tab, pairs by a bar."""
    return "|".join("\t".join(pair) for pair in pairs)


def spellings() -> str:
    """Return the forms of each known name, in the order of their numbers."""
    found: list[list[str]] = [[] for _ in range(names_numbered())]
    for form, number in numbered_names().items():
        found[number].append(form)
    return "|".join(" ".join(forms) for forms in found)


def short_names() -> str:
    """Return each form that short names stand for, or that is one, with the others."""
    found: dict[str, list[str]] = defaultdict(list)
    for form, others in other_forms().items():
        for other, cost in others.items():
            if cost == SHORT_NAME and form < other:  # they stand for each other
                found[form].append(other)
    return "|".join(" ".join([form, *sorted(others)]) for form, others in sorted(found.items()))


def endings(table: str, kind: str = "") -> str:
    """Return the lines of a table of endings of one kind."""
    told = (row for row in rows(table) if row.get("kind", "") == kind)
    # `after` is a pattern and may hold bars.
    lines = ([row[name] for name in ("script", "after", "ending", "becomes")] for row in told)
    return "\n".join("\t".join(line) for line in lines)


def known() -> dict[str, Any]:
    """Return everything a telephone knows of names."""
    irregular = mapping("patronymics", "patronymic", "father")
    return {
        "folds": {s: listed(mapping(f"fold_{s}", "written", "folded").items()) for s in KNOWN},
        "latin": {
            script: listed(mapping(f"romanise_{script}", "written", "latin").items())
            for script in ("arabic", "cyrillic")
        },
        "bones": listed(mapping("skeletons", "written", "bone").items()),
        "spellings": spellings(),
        "short": short_names(),
        "fathers": listed((word, " ".join(fathers_in(word))) for word in irregular),
        "patronymics": endings("patronymic_endings"),
        "feminine": endings("family_endings", "feminine"),
        "stems": endings("family_endings", "stem"),
        "says": " ".join(kinds()),
    }


def main() -> None:
    """Write the file, or say whether it is as it would be written."""
    made = f"{ABOUT}export default {json.dumps(known(), ensure_ascii=False, indent=1)};\n"
    if "--check" not in sys.argv:
        TARGET.write_text(made, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != made:
        sys.exit(f"{TARGET.name} is out of date: run tools/build_field_names.py")


if __name__ == "__main__":
    main()
