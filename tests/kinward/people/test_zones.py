"""The machine-readable zone: the specimens of ICAO Doc 9303, and what no zone may do."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.people.zones import Fault, Size, Zone, as_date, build, check_digit, read, six

# Doc 9303 part 4, appendix B; part 5, appendix B; part 6, appendix B: the specimens of Utopia.
PASSPORT = """\
P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""
CARD = """\
I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""
SHEET = """\
I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
D231458907UTO7408122F1204159<<<<<<<6"""
LONG_NUMBER = """\
I<UTOD23145890<7349<<<<<<<<<<<
3407127M9507122UTO<<<<<<<<<<<2
STEVENSON<<PETER<JOHN<<<<<<<<<"""
ANNA = Zone(
    code="P",
    issuer="UTO",
    primary="ERIKSSON",
    secondary="ANNA<MARIA",
    number="L898902C3",
    nationality="UTO",
    born="740812",
    sex="F",
    expires="120415",
    optional="ZE184226B",
)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        (PASSPORT, Size.TD3),
        (CARD, Size.TD1),
        (SHEET, Size.TD2),
        (LONG_NUMBER, Size.TD1),
    ],
)
def test_specimen_is_read_without_a_fault_and_built_as_it_stands(written, size):
    reading = read(written)

    assert reading.size == size
    assert reading.faults == ()
    assert reading.zone is not None
    assert "\n".join(build(reading.zone, size)) == written


def test_zone_is_read_part_by_part():
    assert read(PASSPORT).zone == ANNA


def test_long_number_goes_on_among_the_optional_data():
    zone = read(LONG_NUMBER).zone

    assert zone is not None
    assert (zone.number, zone.optional) == ("D23145890734", "")


def test_spaces_and_small_letters_are_no_fault():
    assert read(f"\n {PASSPORT.lower().replace('<<', '< <')} \n").zone == ANNA


@pytest.mark.parametrize(
    ("told", "instead", "fault"),
    [
        ("L898902C36", "L898902C26", Fault.NUMBER),
        ("7408122F", "7408123F", Fault.BORN),
        ("1204159Z", "1204158Z", Fault.EXPIRES),
        ("ZE184226B<<<<<1", "ZE184226B<<<<<2", Fault.OPTIONAL),
    ],
)
def test_wrong_check_digit_is_a_fault_of_its_part(told, instead, fault):
    faults = read(PASSPORT.replace(told, instead)).faults

    assert faults == (fault, Fault.WHOLE)


def test_missing_check_digit_of_no_optional_data_is_none():
    for digit in ("<", "0"):
        bare = PASSPORT.replace("ZE184226B<<<<<10", f"<<<<<<<<<<<<<<{digit}")
        assert read(bare + check_digit(bare[45:55] + bare[58:65] + bare[66:])).faults == ()


def test_wrong_check_digit_of_a_long_number_is_a_fault():
    assert Fault.NUMBER in read(LONG_NUMBER.replace("7349", "7348")).faults


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", Fault.LINES),
        (PASSPORT[:-1], Fault.LINES),
        (CARD + "\n", None),
        (PASSPORT.replace("ANNA", "ÄNNA"), Fault.LETTERS),
    ],
)
def test_what_is_no_zone_is_said(written, fault):
    reading = read(written)

    assert reading.faults == (() if fault is None else (fault,))
    assert (reading.zone is None) == (fault is not None)


@pytest.mark.parametrize(
    ("primary", "secondary", "names"),
    [
        # Part 4, appendix C: names of exactly 39 places, and names that are cut.
        (
            "NILAVADHANANANDA",
            "CHAYAPA<DEJTHAMRONG<KRASUANG",
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (
            "NILAVADHANANANDA",
            "ARNPOL<PETCH<CHARONGUANG",
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        ("ARKFREITH", "", "ARKFREITH" + "<" * 30),
        ("A" * 50, "RUSLAN", "A" * 36 + "<<R"),
        ("A" * 50, "", "A" * 39),
    ],
)
def test_long_names_are_cut_so_that_something_of_both_is_left(primary, secondary, names):
    zone = Zone(
        code="P",
        issuer="UTO",
        primary=primary,
        secondary=secondary,
        number="1",
        nationality="UTO",
        born="<<<<<<",
        sex="<",
        expires="300101",
    )

    assert build(zone, Size.TD3)[0] == f"P<UTO{names}"


COMPONENT = st.text(string.ascii_uppercase, min_size=1, max_size=6)


@settings(max_examples=60)
@given(
    size=st.sampled_from(Size),
    number=st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=14),
    born=st.dates(),
    primary=st.lists(COMPONENT, min_size=1, max_size=2),
    secondary=st.lists(COMPONENT, max_size=2),
    data=st.data(),
)
def test_what_is_built_is_read_and_one_changed_figure_is_seen(
    size, number, born, primary, secondary, data
):
    zone = Zone(
        code="P",
        issuer="IRQ",
        primary="<".join(primary),
        secondary="<".join(secondary),
        number=number[:9] if size == Size.TD3 else number[:12],
        nationality="RUS",
        born=six(born),
        sex="F",
        expires="281230",
    )
    written = "\n".join(build(zone, size))
    place = data.draw(st.sampled_from([i for i, each in enumerate(written) if each.isdecimal()]))
    changed = written[:place] + str((int(written[place]) + 1) % 10) + written[place + 1 :]

    assert read(written).zone == zone
    assert read(written).faults == ()
    assert read(changed).faults != ()


@pytest.mark.parametrize(
    ("figures", "not_after", "day"),
    [
        ("281230", None, date(2028, 12, 30)),
        ("740812", date(2018, 12, 30), date(1974, 8, 12)),
        ("120415", date(2018, 12, 30), date(2012, 4, 15)),
        ("12<<<<", None, None),
        ("121345", None, None),
    ],
)
def test_date_of_a_zone_means_a_day(figures, not_after, day):
    assert as_date(figures, not_after=not_after) == day


def test_birth_of_which_only_the_year_is_known_is_read():
    zone = read(PASSPORT.replace("7408122F", "14<<<<8F")).zone

    assert zone is not None
    assert zone.born == "14<<<<"
