from __future__ import annotations

from dataclasses import fields

import pytest

from kinmatch.comparisons.keys import Keys
from kinmatch.comparisons.rarity import (
    RARE,
    SINGULAR,
    UNCOMMON,
    Rarity,
    RarityClasses,
    given_observations,
    known_shares,
    observations,
)
from kinmatch.engines.closeness import Closeness
from kinmatch.model import default_model
from kinmatch.names import parse

CLASSES = RarityClasses(singular=0.0002, rare=0.1, uncommon=0.5, background=10)


def keys(**values):
    columns = [field.name for field in fields(Keys)]
    return Keys(**{column: frozenset(values.get(column, "").split()) for column in columns})


def alone(key):
    return frozenset((key,))


def test_share_of_an_unseen_name_is_small():
    assert Rarity(CLASSES, alone, {}).share("timur") == pytest.approx(0.0005)


def test_share_starts_from_what_is_known_and_follows_what_is_seen():
    rarity = Rarity(CLASSES, alone, {"umar": 0.5})
    before = rarity.share("umar")

    rarity.count([frozenset(["timur"])] * 90)

    assert before == pytest.approx(0.5)
    assert rarity.share("umar") == pytest.approx(5 / 100)
    assert rarity.share("timur") == pytest.approx((90 + 0.005) / 100)


def test_share_takes_spellings_of_a_name_together():
    rarity = Rarity(CLASSES, lambda key: frozenset(["umar", "omar"]) | {key}, {})
    rarity.count([frozenset(["umar"])] * 4 + [frozenset(["omar"])] * 6)

    assert rarity.share("umar") == rarity.share("omar") == pytest.approx(10.005 / 20)


def test_name_borne_in_two_spellings_counts_once():
    rarity = Rarity(CLASSES, lambda key: frozenset(["umar", "умар"]) | {key}, {})

    rarity.count([frozenset(["umar", "умар"])] * 4 + [frozenset(["умар", "timur"])] * 6)

    assert rarity.share("umar") == rarity.share("умар") == pytest.approx(10.005 / 20)


def test_classes_are_singular_rare_uncommon_common():
    shares = {"common": 0.6, "uncommon": 0.3, "rare": 0.01, "singular": 0.0001}
    rarity = Rarity(CLASSES, alone, shares)

    assert [rarity.rank(key) for key in reversed(shares)] == [SINGULAR, RARE, UNCOMMON, 3]
    assert rarity.at_most(SINGULAR, shares) == {"singular"}
    assert rarity.at_most(RARE, shares) == {"rare", "singular"}
    assert rarity.at_most(UNCOMMON, shares) == {"uncommon", "rare", "singular"}


def test_given_observations_count_kin_of_a_group_once():
    everyone = [
        ("g", keys(given="a", father="f", mother="m")),
        ("g", keys(given="b", father="f")),
        ("other", keys(father="f", siblings="s")),
    ]

    seen = sorted(map(sorted, given_observations(everyone)))

    assert seen == [["a"], ["b"], ["f"], ["f"], ["m"], ["s"]]


def test_observations_count_what_a_group_shares_once():
    everyone = [("g", keys(place="mosul")), ("g", keys(place="mosul raqqa")), ("x", keys())]

    assert list(observations(everyone, "place")) == [{"mosul", "raqqa"}]


def test_known_shares_are_by_key():
    given, family = known_shares("given", parse), known_shares("family", parse)

    assert given["muhammad"] == 0.05
    assert max(family.values()) == family["magomedov"] == 0.02


@pytest.mark.parametrize(
    ("kind", "names", "share"),
    [
        ("given", ["محمد", "Магомед", "Мухаммад", "Mohamed"], 0.05),
        ("given", ["فاطمة", "Патимат", "Fatma"], 0.02),
        ("given", ["رسلان", "Руслан", "Rouslan"], 0.005),
        ("family", ["محمدوف,", "Магомедова,", "Magomedow,"], 0.02),
    ],
)
def test_known_shares_count_for_every_spelling_and_script(kind, names, share):
    known = known_shares(kind, parse)
    told = [parse(name).parts[0].key for name in names]
    model = default_model()
    close = Closeness(model.same, model.near, model.near).including({*known, *told})

    shares = [Rarity(CLASSES, close.same, known).share(key) for key in told]

    assert shares == pytest.approx([share] * len(names))
