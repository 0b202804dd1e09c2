"""The model in memory: read from TOML, checked, and asked for weights."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.comparisons.rarity import RarityClasses
from kinmatch.errors import BadInput, BadModel
from kinmatch.model.calibration import BySize, Calibration, Way
from kinmatch.model.circumstances import Circumstances
from kinmatch.model.file import VERSION, content_of, written

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Chances:
    """How often a level is seen in true pairs (m), in pairs of strangers (u), and among kin.

    `kin` is how often two different members of one family show it, where that was learned:
    brothers differ in given name and are of like age, so what tells strangers apart and what
    tells brothers apart are two things.
    """

    m: float
    u: float
    kin: float | None = None

    @property
    def bits(self) -> float:
        """The weight of the level: log2(m / u)."""
        return math.log2(self.m / self.u)

    @property
    def kin_bits(self) -> float:
        """The weight of the level within one family: log2(m / kin)."""
        return math.log2(self.m / (self.kin or self.u))


@dataclass(frozen=True, slots=True)
class Model:
    """Everything a score follows from, beside the records themselves."""

    name: str
    coverage: float  # how likely a found person is among the sought
    threshold: float  # the probability from which a candidate is shown
    same: float  # the similarity from which two name keys count as one name spelt twice
    close: float  # the similarity from which they count as much alike
    near: float  # the similarity from which they count as alike
    classes: RarityClasses
    levels: Mapping[str, Mapping[str, Chances]]  # comparison -> level -> chances
    circumstances: Circumstances = field(default_factory=Circumstances)  # of whole families
    frequencies: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Of "given" and "family" names: key -> share of persons, beside those of frequent.toml."""
    calibration: Mapping[Way, BySize] = field(default_factory=dict)
    """From weights to what came true; where it is missing, chances are as the bits say."""
    provenance: Mapping[str, Any] = field(default_factory=dict)  # what it was learned from
    digest: str = ""  # of the file's meaning; comments, order and provenance do not change it

    @property
    def identifier(self) -> str:
        """The model's name and the start of its hash, as written beside every score."""
        return f"{self.name}-{VERSION}+{self.digest[:12]}"

    @property
    def preparation(self) -> tuple[object, ...]:
        """What of the model the prepared rows follow from; m and u are no part of it."""
        frequencies = {kind: dict(shares) for kind, shares in self.frequencies.items()}
        return self.same, self.close, self.near, self.classes, frequencies

    def renewed(self) -> Model:
        """Return the model with the digest of what it now says."""
        return replace(self, digest=digest_of(content_of(self)))

    def bits(self, comparison: str, level: str) -> float:
        """Return the weight of one level; what is not known weighs nothing."""
        return 0.0 if level == UNKNOWN else self.levels[comparison][level].bits

    def curve(self, way: Way, sought: int) -> Calibration:
        """Return the curve that weights are calibrated by, for so many persons sought."""
        return self.calibration.get(way, BySize()).among(sought)

    def prior(self, sought: int) -> float:
        """Return the probability of a pair before anything is compared.

        It does not depend on how many found persons are linked, so one linked alone scores as in
        the batch.
        """
        return min(self.coverage / max(sought, 1), self.coverage)

    @classmethod
    def load(cls, path: Path | str) -> Model:
        """Read a model file.

        Raises:
            BadModel: it is not there, not TOML, of another version, or lacks a level.
        """
        try:
            text = Path(path).read_text("utf-8")
        except OSError as error:
            raise BadModel(f"{path}: cannot be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise BadModel(f"{path}: not UTF-8 text") from error
        return cls.parse(text, source=str(path))

    def save(self, path: Path | str) -> None:
        """Write a model file. Raises BadInput where it cannot be written."""
        try:
            Path(path).write_text(written(self), "utf-8")
        except OSError as error:
            raise BadInput(f"{path}: cannot be written ({error.strerror})") from error

    @classmethod
    def parse(cls, text: str, *, source: str) -> Model:
        """Read a model from TOML; `source` is named in errors. Raises BadModel."""
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadModel(f"{source}: not TOML ({error})") from error
        if content.get("version") != VERSION:
            found = content.get("version")
            raise BadModel(f'{source}: version "{found}"; this kinmatch reads "{VERSION}"')
        try:
            return _model(content)
        except KeyError as error:
            raise BadModel(f"{source}: {error.args[0]} is missing") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise BadModel(f"{source}: {error}") from error


def default_model() -> Model:
    """Return the model that ships with kinmatch."""
    text = files("kinmatch").joinpath("models", "default.toml").read_text("utf-8")
    return Model.parse(text, source="models/default.toml")


def probability(weight: float) -> float:
    """Return the probability that a weight in bits stands for; safe at both ends."""
    if weight >= 0:
        return 1.0 / (1.0 + math.exp2(-weight))
    return math.exp2(weight) / (1.0 + math.exp2(weight))


def weight_of(chance: float) -> float:
    """Return a probability as a weight in bits."""
    return math.log2(chance / (1.0 - chance))


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the hash of what a model file means."""
    meant = {key: value for key, value in content.items() if key != "provenance"}
    return hashlib.sha256(json.dumps(meant, sort_keys=True).encode()).hexdigest()


def _model(content: Mapping[str, Any]) -> Model:
    names = content["names"]
    classes = RarityClasses(
        singular=_share(names, "singular"),
        rare=_share(names, "rare"),
        uncommon=_share(names, "uncommon"),
        background=float(names["background"]),
    )
    families = content.get("families", {})
    shares = {name: _share(families, name) for name in Circumstances.__slots__ if name in families}
    return Model(
        name=str(content["name"]),
        coverage=_share(content, "coverage"),
        threshold=_share(content, "threshold"),
        same=_share(names, "same"),
        close=_share(names, "close"),
        near=_share(names, "near"),
        classes=classes,
        levels={
            comparison.name: {
                level: _chances(content["levels"], comparison.name, level)
                for level in comparison.level_ids
            }
            for comparison in COMPARISONS
        },
        circumstances=Circumstances(**shares),
        frequencies={
            kind: {key: _share(shares, key) for key in shares}
            for kind, shares in content.get("frequencies", {}).items()
        },
        calibration={
            Way(way): _curves(by, f"calibration.{way}")
            for way, by in content.get("calibration", {}).items()
        },
        provenance=dict(content.get("provenance", {})),
        digest=digest_of(content),
    )


def _curves(by: Mapping[str, Any], named: str) -> BySize:
    try:
        return BySize(
            tuple(
                (int(sought), Calibration(tuple((float(x), float(y)) for x, y in points)))
                for sought, points in by.items()
            )
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{named}: {error}") from error


def _share(table: Mapping[str, Any], key: str, within: str = "") -> float:
    """Return a number between 0 and 1; errors name it as the key `within` a table."""
    named = f"{within}.{key}" if within else key
    if key not in table:
        raise KeyError(named)
    value = table[key]
    if not isinstance(value, float | int) or not 0 < value < 1:
        raise ValueError(f"{named} = {value}; expected a number between 0 and 1")
    return float(value)


def _chances(levels: Mapping[str, Any], comparison: str, level: str) -> Chances:
    table, named = levels.get(comparison, {}).get(level), f"levels.{comparison}.{level}"
    if table is None:
        raise KeyError(named)
    if not isinstance(table, dict):
        raise TypeError(f"{named} = {table}; expected m and u")
    m, u = _share(table, "m", named), _share(table, "u", named)
    return Chances(m=m, u=u, kin=_share(table, "kin", named) if "kin" in table else None)
