"""Files to break, and ways to break them. All of it is made up; the same seed makes the same."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

# Stands in every part of a file that is not the picture: none of it may come through.
CANARY: Final = b"KNWRD-CANARY-43.3178N-45.6949E"
MAKER, GPS, USER_COMMENT, ORIENTATION = 0x927C, 0x8825, 0x9286, 0x0112
SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
EPS: Final = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n"


def drawn(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Return a plain picture: two shapes on a ground."""
    picture = Image.new(mode, size, 200 if mode == "L" else "lightblue")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 50, 50), fill=90 if mode == "L" else "teal")
    return picture


def exif(orientation: int = 6) -> Image.Exif:
    """Return what a telephone writes beside a picture, the canary in each part."""
    written = Image.Exif()
    written[ORIENTATION] = orientation
    written[0x010F] = CANARY.decode()  # maker
    written[0x9C9C] = CANARY  # the comment of Windows
    written.get_ifd(0x8769)[MAKER] = CANARY
    written.get_ifd(0x8769)[USER_COMMENT] = CANARY
    written.get_ifd(GPS)[29] = CANARY.decode()
    return written


@lru_cache(maxsize=1)
def photographs() -> dict[str, bytes]:
    """Return good photographs by name, each full of metadata."""
    chunks = PngInfo()
    chunks.add_text("Comment", CANARY.decode())
    chunks.add_itxt("XML:com.adobe.xmp", CANARY.decode(), zip=True)
    return {
        "jpeg": saved(drawn(), "JPEG", exif=exif(), comment=CANARY, icc_profile=CANARY),
        "grey": saved(drawn("L"), "JPEG", exif=exif(3), xmp=CANARY),
        "png": saved(drawn("RGBA"), "PNG", exif=exif(8), pnginfo=chunks),
        "palette": saved(drawn().quantize(16), "PNG", pnginfo=chunks),
        "webp": saved(drawn(), "WEBP", exif=exif().tobytes(), xmp=CANARY),
    }


@lru_cache(maxsize=1)
def others() -> dict[str, bytes]:
    """Return files that are no photographs of the formats taken."""
    return {
        "gif": saved(drawn(), "GIF"),
        "bmp": saved(drawn(), "BMP"),
        "tiff": saved(drawn(), "TIFF"),
        "svg": SVG,
        "eps": EPS,
        "pdf": b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF",
        "zip": zipped({"a.txt": CANARY}),
        "html": b"<!doctype html><script>1</script>",
        "noise": bytes(range(256)) * 8,
    }


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """Return a picture as a file."""
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def flipped(content: bytes, chance: Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 24)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: Random) -> bytes:
    """Leave out the end."""
    return content[: chance.randrange(len(content))]


def spliced(content: bytes, chance: Random) -> bytes:
    """Put a piece of another file in the middle."""
    other = chance.choice([*photographs().values(), *others().values()])
    place = chance.randrange(len(content))
    return content[:place] + other[: chance.randrange(len(other))] + content[place:]


def doubled(content: bytes, chance: Random) -> bytes:
    """Repeat a piece."""
    start = chance.randrange(len(content))
    end = chance.randrange(start, len(content)) + 1
    return content[:end] + content[start:end] + content[end:]


def tailed(content: bytes, chance: Random) -> bytes:
    """Hang something behind the end."""
    return content + chance.choice([CANARY, CANARY * 50, *others().values()])


def renamed(content: bytes, chance: Random) -> bytes:
    """Begin as another format does."""
    head = chance.choice([*photographs().values(), *others().values()])[:16]
    return head + content[len(head) :]


def whole(content: bytes, chance: Random) -> bytes:  # noqa: ARG001 (the signature of a way)
    """Leave it as it is."""
    return content


WAYS: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    flipped,
    cut,
    spliced,
    doubled,
    tailed,
    renamed,
    whole,
)


def mutated(chance: Random) -> bytes:
    """Return one broken file: most of them photographs once."""
    sources = list(photographs().values()) * 3 + list(others().values())
    content = chance.choice(sources)
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(WAYS)(content, chance) or b"\0"
    return content
