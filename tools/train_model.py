"""Train the model that ships with kinmatch, on made-up caseloads and public data; write its file.

    python tools/train_model.py [--check] [--curves]

Levels are learned on `kinmatch synth` caseloads (m counted in the pairs known to be one person, u
in pairs of strangers, the circumstances of families without labels); the curves are fitted on
others, from a handful of families to a long list. Comparisons those caseloads do not speak of keep
the numbers reasoned in `models/reasoned.toml`, and a tenth of every chance is taken from there. How
family names and full dates are written wrongly is taken for a tenth from public data, as counted in
`models/public.toml` (`bench/linking/counted.py`).
With --check it only says whether the file would change. With --curves the levels stay as they are
in the file and the curves alone are fitted.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinmatch.evaluate import read_truth
from kinmatch.model import Model, default_model, written
from kinmatch.records import Person, read
from kinmatch.synth import synth
from kinmatch.training import calibrated, in_order, train
from kinmatch.training.learning import BY_RARITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinmatch.model import Chances

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "src" / "kinmatch" / "models"
REASONED = 0.1  # of each chance
PUBLIC = 0.1  # of how levels share what they have in common
# Only shares within these are taken. How often a name is rare, a date full, or a name another one
# altogether, follows from who is on a list; how it is written wrongly, hardly. Not taken: of sex,
# which errors were put into by the thousand; of given names, for those people have several and any
# two may agree; of places, none of which is copied there with a letter wrong. With the first two
# F1 on made-up caseloads fell by up to .004.
TAUGHT = {
    "family": (BY_RARITY, ("near_rare",), ("close",), ("near",)),
    "birth": (("same_day",), ("slip",), ("same_month",), ("two_parts",)),
}
FAMILIES, LEARNED_ON = 1500, 4001
# Families of a caseload, its first seed, and how many caseloads; of short ones it takes many.
FITTED_ON = ((4, 6001, 499), (20, 6501, 120), (100, 6701, 30), (FAMILIES, 4002, 2))
COMMENT = """\
The linkage model that ships with kinmatch. Made by tools/train_model.py: change that, not this.

How often a level is seen in true pairs (m), in pairs of strangers (u), and between two different
members of one family (kin). The weight of a level is log2(m / u) bits; only the ratio counts.
Learned on made-up caseloads, so no figure measured on such caseloads says anything about it; a
tenth of how family names and full dates are written wrongly is that of public data."""

Caseload = tuple[tuple[Person, ...], tuple[Person, ...], frozenset[tuple[str, str]]]


def caseload(families: int, seed: int) -> Caseload:
    """Make up a caseload and read it as anyone would."""
    with tempfile.TemporaryDirectory() as folder:
        found, sought, truth, *_ = synth(families, seed).write(Path(folder))
        return read(found).persons, read(sought).persons, read_truth(truth)


def curved(model: Model) -> Model:
    """Return the model with curves fitted anew, and where they were fitted."""
    caseloads = (
        caseload(families, seed)
        for families, first, count in FITTED_ON
        for seed in range(first, first + count)
    )
    told = [
        f"kinmatch synth --families {families} --seed {first}"
        + (f" and the next {count - 1}" if count > 1 else "")
        for families, first, count in FITTED_ON
    ]
    fitted = calibrated(model, caseloads)
    return replace(fitted, provenance={**model.provenance, "fitted_on": told})


def mixed(learned: Model, reasoned: Model) -> Model:
    """Return the learned model with a little of the reasoned one.

    Made-up caseloads lack what real ones have, such as a date with one digit copied wrongly.
    """
    levels = {
        comparison: {
            level: replace(
                chances,
                m=(1 - REASONED) * chances.m + REASONED * reasoned.levels[comparison][level].m,
                u=(1 - REASONED) * chances.u + REASONED * reasoned.levels[comparison][level].u,
            )
            for level, chances in of.items()
        }
        for comparison, of in learned.levels.items()
    }
    for of in levels.values():
        in_order(of)
    return replace(learned, levels=levels)


def taught(model: Model, public: Mapping[str, Mapping[str, int]]) -> Model:
    """Return the model with a little of what public data shows, by comparison and level.

    Levels of one group keep their proportions, and all groups of a comparison their sum.
    """
    levels = {name: dict(of) for name, of in model.levels.items()}
    for comparison, groups in TAUGHT.items():
        of, shown = levels[comparison], public[comparison]
        held = [sum(of[level].m for level in group) for group in groups]
        seen = [sum(shown[level] for level in group) for group in groups]
        for group, mass, count in zip(groups, held, seen, strict=True):
            grown = 1 - PUBLIC + PUBLIC * (count / sum(seen)) * sum(held) / mass
            of |= {level: times(of[level], grown) for level in group}
    return replace(model, levels=levels)


def times(chances: Chances, factor: float) -> Chances:
    """Return chances whose m is so many times as large."""
    return replace(chances, m=chances.m * factor)


def public_data() -> dict[str, Any]:
    """Return what was counted in public data: its source, and pairs by comparison and level."""
    return tomllib.loads(files("kinmatch").joinpath("models", "public.toml").read_text("utf-8"))


def trained() -> Model:
    """Return the model, trained anew."""
    public = public_data()
    text = files("kinmatch").joinpath("models", "reasoned.toml").read_text("utf-8")
    reasoned = Model.parse(text, source="models/reasoned.toml")
    found, sought, truth = caseload(FAMILIES, LEARNED_ON)
    learned = train(found, sought, model=reasoned, truth=truth)
    model = taught(mixed(learned.model, reasoned), public["levels"])
    provenance = {
        "made_by": "tools/train_model.py",
        "learned_on": f"kinmatch synth --families {FAMILIES} --seed {LEARNED_ON}",
        "true_pairs": int(learned.expected),
        "pairs_of_strangers": learned.drawn,
        "public": {
            **public["source"],
            "taken": f"{PUBLIC:.0%} of shares within {', '.join(TAUGHT)}",
        },
        "reasoned": f"{REASONED:.0%} of every chance is that of reasoned.toml",
        "not_spoken_of": "what these caseloads do not speak of stands as in reasoned.toml",
    }
    return curved(replace(model, name="default", provenance=provenance))


def main() -> int:
    """Write the model, or say that it would change and exit 1."""
    model = curved(default_model()) if "--curves" in sys.argv else trained()
    text, path = written(model, COMMENT), MODELS / "default.toml"
    if path.exists() and path.read_text("utf-8") == text:
        return 0
    if "--check" in sys.argv:
        print(f"{path.relative_to(ROOT)} would change")
        return 1
    path.write_text(text, "utf-8")
    print(f"{path.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
