"""The made-up caseload: thirty children, 400 requests, and the truth that ties them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

from kinmatch.synth import Parameters
from kinmatch.synth.households import family
from kinward.demo.children import Shelter
from kinward.demo.requests import HABITS, RELATIVES, Desk
from kinward.demo.scenario import LANDED_ON, rival, torn_families

if TYPE_CHECKING:
    from collections.abc import Collection

    from kinmatch.synth import Family
    from kinward.demo.children import Together
    from kinward.demo.requests import Asked
    from kinward.demo.scenario import Torn

SEED: Final = 20181230
REQUESTS: Final = 400
FIRST_RIVAL: Final = 500  # numbers of families: the found from 0, rivals, decoys
FIRST_DECOY: Final = 1000
LANGUAGES: Final = {
    "france": {"fr": 1},
    "germany": {"de": 1},
    "maghreb": {"fr": 1},
}
DIASPORA: Final = {"ru": 94, "fr": 3, "de": 3}  # in which language everyone else asks
MATERNAL: Final = "of_mother"
# Decoys may seek anyone a relative would: the ages are wider than those of the found.
# They come from where those families come from, and ask in the languages of the desks.
DECOYS: Final = Parameters(
    as_of=LANDED_ON,
    youngest=1,
    oldest=13,
    customs=(
        ("dagestan", 40),
        ("chechnya", 18),
        ("tajikistan", 12),
        ("kyrgyzstan", 10),
        ("russia", 8),
        ("maghreb", 4),
        ("france", 5),
        ("germany", 3),
    ),
)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Who was registered and who asked, each in the order of time."""

    registered: tuple[Together, ...]
    asked: tuple[Asked, ...]


def made_up(places: Collection[str], *, seed: int = SEED) -> MadeUp:
    """Make the caseload; the same to the letter each time.

    Args:
        places: codes the gazetteer knows; a place without one is written down by its name only.
        seed: where chance starts.
    """
    chance = Random(seed)  # noqa: S311 - made-up data, nothing to protect
    shelter, desk = Shelter(chance, places), Desk(chance, places)
    torn = torn_families(chance)
    registered = [occasion for one in torn for occasion in shelter.register(one)]
    asked = [request for one in torn for request in own_requests(desk, one)]
    claimed = [written.child for one in torn for written in one.children if written.claimed]
    asked += [
        rival_request(chance, places, rival(chance, child, number))
        for number, child in enumerate(claimed, FIRST_RIVAL)
    ]
    for number in range(FIRST_DECOY, FIRST_DECOY + REQUESTS - len(asked)):
        asked.append(decoy(desk, family(chance, number, DECOYS), chance))
    return MadeUp(
        tuple(sorted(registered, key=lambda occasion: occasion.at)),
        tuple(sorted(asked, key=lambda request: request.at)),
    )


def own_requests(desk: Desk, torn: Torn) -> list[Asked]:
    """Return the requests of a found family; the mother's kin ask for her own children only."""
    children = torn.family.children
    requests = []
    for ask in torn.asks:
        wanted = children
        if ask.by.endswith(MATERNAL):
            wanted = tuple(child for child in children if child.mother is children[0].mother)
        requests.append(
            desk.ask(
                torn.family,
                kind=ask.by,
                language=ask.language,
                children=wanted,
                last=torn.found_at,
            )
        )
    return requests


def rival_request(chance: Random, places: Collection[str], sought: Family) -> Asked:
    """Return the request of a family who knows well the name of the child it seeks."""
    desk = Desk(chance, places, replace(HABITS, nameless_sought=0.0, born_unknown=0.0))
    kind = "mother_of_father"
    return desk.ask(sought, kind=kind, language="ru", children=sought.children)


def decoy(desk: Desk, sought: Family, chance: Random) -> Asked:
    """Return the request of a family whose children were not found."""
    kind = chance.choice(list(RELATIVES))
    languages = LANGUAGES.get(sought.custom.id, DIASPORA)
    language = chance.choices(list(languages), list(languages.values()))[0]
    first = sought.children[0]
    same = (
        [child for child in sought.children if child.mother is first.mother]
        if kind.endswith(MATERNAL)
        else [child for child in sought.children if child.father is first.father]
    )
    return desk.ask(sought, kind=kind, language=language, children=same)
