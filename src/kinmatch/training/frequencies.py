"""How often the names of two lists are borne, for a model that will meet other lists of the place.

Shares are those the lists were compared by: spellings of one name together, smoothed by what was
known beforehand. A name that few bear is left out: it is rare to any model that does not know it,
and a model file shall not say who is on a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinmatch.engines.population import Population

KINDS = ("given", "family")
FEWEST_BEARERS = 5


def frequencies_of(population: Population) -> dict[str, dict[str, float]]:
    """Return the share of persons by key, of given and of family names, keys in order."""
    told: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        rarity = population.widening.rarities[kind]
        borne = {key: sum(rarity.counts[one] for one in rarity.same(key)) for key in rarity.counts}
        told[kind] = {
            key: rarity.share(key)
            for key, bearers in sorted(borne.items())
            if bearers >= FEWEST_BEARERS
        }
    return told
