"""What looks like a genetic profile or a measured face is found; ordinary texts are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.vocabulary import Kind, never_kept

PROFILES = [
    "D3S1358 15,16",
    "d21s11",
    "D 8 S 1179",
    "D3-S1358: 15/16",
    "D3Ѕ1358",  # Cyrillic Ѕ
    "DYS391 10, DYS385a 11",
    "CSF1PO 10,12",
    "Penta E 7,12",
    "vWA 17,18",
    "FGA: 21,24",
    "TH01 6/9.3",
    "amelogenin X Y",
    "AMEL X,Y",
    "vWA and TH01 were typed",
    "15,16 17,18 21,24 6,9.3 8,11 12,13 10,11",
    "rs12913832 A/G",
    "rs4988235, rs1426654, rs16891982",
    "16189C 16223T 263G 315.1C",
    "A263G A750G A1438G",
    "Haplogroup H2a2",
    "гаплогруппа R1a1",
    ">child\nACGTACGTACGTTGCAACGTACGTACGTACGT",
    "acgtacgtacgtacgtacgtacgtacgtacgt",
    "ACGTACGTAC GTACGTACGT ACGTACGTAC",
    "D٣S١٣٥٨",
]
ORDINARY = [
    "DNA supports that she is the mother; likelihood ratio 12,400, report 17/2019.",
    "Born 12/05, seen 13/05, 14/05, 15/05, 16/05, 17/05 and 18/05.",
    "Passport 75 1234567, room TH01.",
    "Form FGA of the office, postal code SE3 3AB.",
    "Weight 9.3 kg at 15 months, 10.1 kg at 18 months, height 75.2.",
    "Rs 5000 were paid; rs1000 too.",
    "Flats 12A, 14C and 7G of block 3.",
    "A cat can act. Attack at a cat. Tata catnaps.",
    "+7 928 123-45-67, +964 770 123 4567",
    "36.1901, 44.0091; 43.3178, 45.6949; 42.9849, 47.5047",
    "Маме 31 год, детям 3, 5, 7, 9, 11 и 13 лет, братьям 15,16 17,18.",
    "الأعمار: ٣، ٥، ٧، ٩ سنوات",
    "Document D1234567, AM 12 3456, IIS 2018/12/30",
    "0.12 0.34 0.56 0.78",
]


@pytest.mark.parametrize("text", PROFILES)
def test_profile_is_found(text):
    assert {found.kind for found in never_kept(text)} == {Kind.GENETIC}


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_no_profile(text):
    assert never_kept(text) == []


def test_measured_face_is_found():
    chance = random.Random(1)  # noqa: S311 (numbers to look at)
    vector = ", ".join(f"{chance.uniform(-1, 1):.6f}" for _ in range(128))

    assert [found.kind for found in never_kept(f"[{vector}]")] == [Kind.FACE]


@given(
    chromosome=st.integers(1, 22),
    number=st.integers(100, 9999),
    before=st.sampled_from(["", "Result: ", "نتيجة ", "локус "]),
)
def test_marker_of_any_chromosome_is_found_in_any_sentence(chromosome, number, before):
    assert never_kept(f"{before}D{chromosome}S{number}, 15, 16") != []


@given(st.dates(), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d %B %Y"]))
def test_dates_are_no_profiles(day, form):
    assert never_kept(" ".join([day.strftime(form)] * 8)) == []


@given(st.from_regex(r"[A-Z]{1,2}[0-9]{6,8}", fullmatch=True))
def test_document_numbers_are_no_profiles(number):
    assert never_kept(f"Passport {number}, issued in 2015") == []


@given(st.text(max_size=300))
def test_what_is_found_is_part_of_the_text(text):
    for found in never_kept(text):
        assert text[found.start : found.end] == found.written
