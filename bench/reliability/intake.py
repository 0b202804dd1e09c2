"""Photographs from outside: broken files are refused or redrawn, and nothing else comes through.

python bench/reliability/intake.py [FILES] [SEED]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from kinward.core.intake.images import redraw
from kinward.core.intake.refusals import Refused
from reliability.mutating import CANARY, mutated

if TYPE_CHECKING:
    from collections.abc import Mapping

# Segments of a JPEG that hold the picture (ITU-T T.81 annex B), and the header of JFIF.
MAGIC: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
ALSO: Final = (b"PK\x05\x06", b"<svg", b"<script")  # nobody may take it for one of these
PICTURE: Final = frozenset({0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD})
JFIF: Final = b"JFIF\0\x01"
START, END, APP0 = b"\xff\xd8", b"\xff\xd9", 0xE0
PICTURE_DATA: Final = 0xDA  # the segment from which on there is only picture
LONGEST_JFIF: Final = 16  # bytes: without a thumbnail of its own


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the files."""

    files: int
    redrawn: int
    refused: dict[str, int]
    crashes: int
    bytes_of_metadata: int
    wrongly_accepted: int


def run(files: int = 3_000, seed: int = 5) -> Figures:
    """Take in so many broken files, and count."""
    chance = random.Random(seed)  # noqa: S311 (a seed, no secret)
    refused: Counter[str] = Counter()
    redrawn = crashes = metadata = wrong = 0
    for _ in range(files):
        content = mutated(chance)
        try:
            taken = redraw(content)
        except Refused as error:
            refused[error.why.value] += 1
        except Exception:  # noqa: BLE001 (what must not happen is counted)
            crashes += 1
        else:
            redrawn += 1
            wrong += not content.startswith(MAGIC) or any(sign in content for sign in ALSO)
            metadata += sum(map(not_picture, (taken.content, taken.thumbnail)))
    return Figures(files, redrawn, dict(refused), crashes, metadata, wrong)


def jpegs(photographs: Mapping[str, bytes]) -> list[bytes]:
    """Return those that are JPEG."""
    return [content for content in photographs.values() if content.startswith(START)]


def not_picture(jpeg: bytes) -> int:
    """Return how many bytes of a JPEG are neither picture nor the bare header."""
    extra = jpeg.count(CANARY) * len(CANARY)
    place = len(START)
    while jpeg[place + 1] != PICTURE_DATA:
        length = int.from_bytes(jpeg[place + 2 : place + 4])
        bare = jpeg[place + 1] == APP0 and length == LONGEST_JFIF and JFIF in jpeg[place:][:10]
        extra += 0 if bare or jpeg[place + 1] in PICTURE else length
        place += 2 + length
    return extra + len(jpeg) - (jpeg.index(END, place) + len(END))


if __name__ == "__main__":
    asked = [int(argument) for argument in sys.argv[1:]]
    print(asdict(run(*asked)))
