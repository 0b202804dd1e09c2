"""A photograph is drawn anew: upright, small enough, with nothing but the picture."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from reliability.mutating import CANARY, EPS, SVG, drawn, exif, others, photographs, saved, zipped

from kinward.core.intake.images import MOST_BYTES, redraw
from kinward.core.intake.refusals import Refused, Why


def why(content):
    with pytest.raises(Refused) as refused:
        redraw(content)
    return refused.value.why


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("name", sorted(photographs()))
def test_photograph_of_each_format_keeps_the_picture_and_nothing_else(name):
    assert CANARY in photographs()[name] or name in {"png", "palette"}

    taken = redraw(photographs()[name])

    picture = opened(taken.content)
    assert (taken.media_type, picture.format, picture.mode) == ("image/jpeg", "JPEG", "RGB")
    assert dict(picture.getexif()) == {}
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert CANARY not in taken.content + taken.thumbnail


def test_photograph_is_turned_upright_before_it_forgets_how_it_was_held():
    taken = redraw(saved(drawn(size=(96, 64)), "JPEG", exif=exif(6)))

    assert opened(taken.content).size == (64, 96)


def test_photograph_is_made_small_enough_for_a_screen():
    taken = redraw(saved(Image.new("RGB", (4_000, 1_000), "teal"), "JPEG"))

    assert (opened(taken.content).size, opened(taken.thumbnail).size) == ((1_280, 320), (240, 60))


def test_what_is_see_through_becomes_white():
    taken = redraw(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))

    assert opened(taken.content).getpixel((5, 5)) == (255, 255, 255)


def test_colours_of_a_profile_become_those_of_screens():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = Image.new("RGB", (20, 20), (200, 30, 30))

    taken = redraw(saved(plain, "PNG", icc_profile=profile))

    red, green, blue = opened(taken.content).getpixel((5, 5))
    assert abs(red - 200) < 6
    assert abs(green - 30) < 6
    assert abs(blue - 30) < 6
    assert "icc_profile" not in opened(taken.content).info


@pytest.mark.parametrize("name", sorted(others()))
def test_other_kinds_of_file_are_no_photographs(name):
    assert why(others()[name]) == Why.NO_PHOTO


@pytest.mark.parametrize(
    "tail", [zipped({"a": b"b"}), SVG, b"<?php system(1);", b"<html>", b"<!DOCTYPE html>"]
)
def test_photograph_that_is_something_else_too_is_refused(tail):
    assert why(photographs()["jpeg"] + tail) == Why.TWO_KINDS


def test_harmless_tail_is_dropped():
    taken = redraw(photographs()["jpeg"] + CANARY + EPS)

    assert CANARY not in taken.content


def chunk(name, content):
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def bomb(side):
    """A small file that claims to be a picture of side times side pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(side + 1) * 100))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_000, 20_000, 60_000])
def test_bomb_is_refused_before_it_is_opened(side):
    assert why(bomb(side)) == Why.TOO_LARGE


def test_too_many_bytes_are_refused():
    assert why(b"\xff\xd8\xff" + bytes(MOST_BYTES)) == Why.TOO_LARGE


def test_nothing_is_refused_as_nothing():
    assert why(b"") == Why.EMPTY


def test_half_a_photograph_is_broken():
    assert why(photographs()["jpeg"][:-400]) == Why.BROKEN
