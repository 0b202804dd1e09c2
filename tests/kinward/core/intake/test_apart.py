"""A file is opened by a process of its own, which may fall over."""

from __future__ import annotations

import subprocess
import sys

import pytest
from reliability.mutating import photographs

from kinward.core.intake import Refused, Why, apart, take_file, take_photo
from kinward.core.intake.cells import cell
from kinward.core.intake.images import redraw
from kinward.core.intake.words import WORDS


def test_child_draws_as_the_function_does():
    assert take_photo(photographs()["jpeg"]) == redraw(photographs()["jpeg"])


def test_child_hands_a_file_back_as_it_came():
    taken = take_file("Письмо".encode())

    assert (taken.media_type, taken.content) == ("text/plain", "Письмо".encode())


@pytest.mark.parametrize("take", [take_photo, take_file])
def test_child_says_why_not(take):
    with pytest.raises(Refused) as refused:
        take(b"MZ\x90\0")

    assert refused.value.why in {Why.NO_PHOTO, Why.UNKNOWN}


def test_too_large_a_file_is_not_even_handed_over():
    with pytest.raises(Refused) as refused:
        take_file(bytes(apart.MOST_BYTES + 1))

    assert refused.value.why == Why.TOO_LARGE


@pytest.mark.parametrize("child", ["no.such.module", "timeit"])
def test_child_that_falls_over_refuses_the_file(monkeypatch, child):
    monkeypatch.setattr(apart, "CHILD", child)
    monkeypatch.setattr(apart, "PATIENCE", 0.5)

    with pytest.raises(Refused) as refused:
        take_file(b"text")

    assert refused.value.why == Why.BROKEN


def test_child_knows_no_secret_and_writes_no_file(tmp_path):
    tried = (
        "import sys, os, runpy; sys.argv = ['child', 'file'];"
        "runpy.run_module('kinward.core.intake.child', run_name='__main__');"
        f"open({str(tmp_path / 'x')!r}, 'w').write('x' * 10_000)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", tried], input=b"text", capture_output=True, check=False, env={}
    )

    assert done.returncode != 0
    assert b"django" not in done.stderr


def test_every_refusal_has_its_words():
    assert set(WORDS) == set(Why)


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 928", "-1", "@x", "\t=1", "\r=1", "  =1", "\u00a0=1", "＝1", "|calc"]
)
def test_cell_that_would_be_run_is_written_as_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Руслан", "رسلان", "2018-12-30", "a=b"])
def test_ordinary_cell_is_written_as_it_is(text):
    assert cell(text) == text
