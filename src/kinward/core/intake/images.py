"""Drawing a photograph anew: the picture is kept, everything else a camera writes is not.

No EXIF, GPS, maker notes, comments, profiles or trailing bytes can survive, as none is copied: the
pixels go onto a fresh canvas and that is written.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageOps

from kinward.core.intake.refusals import Refused, Taken, Why

FORMATS: Final = ("JPEG", "PNG", "WEBP")
OPENED_AS: Final = frozenset({*FORMATS, "MPO"})  # MPO: a JPEG with a second view behind it
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 64_000_000  # the largest common telephone camera has 50
DISPLAY: Final = (1_280, 1_280)  # pixels
THUMBNAIL: Final = (240, 240)  # pixels
QUALITY: Final = 85
JPEG: Final = "image/jpeg"
# What other programs would read in the same bytes; a PDF may start within the first 1,024.
HEAD: Final = 1_024
OTHER_KINDS: Final = re.compile(
    rb"<\s*(?:!doctype|html|svg|script|iframe|\?php)|<\?php", re.IGNORECASE
)


def redraw(content: bytes) -> Taken:
    """Return a photograph drawn anew, at most 1,280 pixels wide and high, and a thumbnail of it.

    To be run in a child process: decoders are where pictures attack.

    Raises:
        Refused: it is none of the formats, too large, broken, or something else as well.
    """
    if not content:
        raise Refused(Why.EMPTY)
    if len(content) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures, which are refused, and of odd EXIF
        picture = _opened(content)
        if _is_more(content):
            raise Refused(Why.TWO_KINDS)
        try:
            canvas = _drawn(picture)
        except Exception as error:  # decoders raise whatever they like, SyntaxError too
            raise Refused(Why.BROKEN) from error
    small = canvas.copy()
    small.thumbnail(THUMBNAIL)
    return Taken(JPEG, _written(canvas), _written(small))


def _opened(content: bytes) -> Image.Image:
    """Return the picture, its header read and nothing decoded yet.

    Raises:
        Refused: it is no picture of these formats, or has too many pixels.
    """
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Refused(Why.TOO_LARGE) from error
    except Exception as error:
        raise Refused(Why.NO_PHOTO) from error
    if picture.format not in OPENED_AS:
        raise Refused(Why.NO_PHOTO)
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(Why.TOO_LARGE)
    return picture


def _is_more(content: bytes) -> bool:
    """Tell whether other programs would take the same bytes for an archive, a page or a PDF."""
    return (
        b"%PDF-" in content[:HEAD]
        or zipfile.is_zipfile(BytesIO(content))
        or OTHER_KINDS.search(content) is not None
    )


def _drawn(picture: Image.Image) -> Image.Image:
    """Return the picture upright, small enough, in sRGB, on a fresh white canvas."""
    profile = picture.info.get("icc_profile")
    if picture.mode in {"1", "P", "PA"}:
        picture = picture.convert("RGBA")  # the palette's colours, before they are mixed
    picture.thumbnail(DISPLAY)
    picture = _in_srgb(ImageOps.exif_transpose(picture), profile)
    see_through = picture.convert("RGBA") if "A" in picture.getbands() else None
    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture.convert("RGB"), mask=see_through and see_through.getchannel("A"))
    return canvas


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture with the colours its profile means; as it is, if that is no good."""
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, meant, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned or picture


def _written(canvas: Image.Image) -> bytes:
    """Return the canvas as a JPEG that holds nothing else."""
    out = BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
