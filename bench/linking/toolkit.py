"""recordlinkage: the Python Record Linkage Toolkit with its own unsupervised classifier (EM)."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import recordlinkage

if TYPE_CHECKING:
    import pandas as pd

VERSION = f"recordlinkage {version('recordlinkage')}"
BLOCKS = ("born", "family_name", "given_name")
LOWEST = 1e-4
ALIKE = 0.85  # Jaro-Winkler, the threshold of its own examples


def run(found: pd.DataFrame, sought: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return scored pairs."""
    left, right = found.set_index("id"), sought.set_index("id")
    columns = [
        name
        for name in ("given_name", "family_name", "father", "mother", "born", "age", "sex")
        if name in left and left[name].notna().any() and right[name].notna().any()
    ]
    indexer = recordlinkage.Index()
    for block in BLOCKS:
        if block in columns:
            indexer.block(block)
    candidates = indexer.index(left, right)
    compare = recordlinkage.Compare()
    for name in columns:
        if name in {"born", "age", "sex"}:
            compare.exact(name, name, label=name)
        else:
            compare.string(name, name, method="jarowinkler", threshold=ALIKE, label=name)
    features = compare.compute(candidates, left.fillna(""), right.fillna(""))
    classifier = recordlinkage.ECMClassifier(init="jaro", use_col_names=True)
    classifier.fit(features)
    chances = classifier.prob(features)
    return [(one, other, float(p)) for (one, other), p in chances.items() if p >= LOWEST]
