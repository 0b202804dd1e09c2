"""Calendars are what RFC 5545 asks for: read back by the rules of the standard."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.core.calendars import LONGEST, Entry, as_ics

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)


def read(text):
    """Read a calendar as RFC 5545 has it: lines end in CRLF, are unfolded, then split in two."""
    lines = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    events, now = [], None
    for name, _, value in (line.partition(":") for line in lines):
        if (name, value) == ("BEGIN", "VEVENT"):
            now = {}
        elif (name, value) == ("END", "VEVENT"):
            events.append(now)
            now = None
        elif now is not None:
            now.setdefault(name, value)
    return lines, events


def plain(value):
    """Return the text of a value (RFC 5545, 3.3.11)."""
    text, signs = "", iter(value)
    for sign in signs:
        after = next(signs) if sign == "\\" else sign
        text += "\n" if sign == "\\" and after in "nN" else after
    return text


@settings(max_examples=60)
@given(WORDS)
def test_what_is_written_is_read_again_from_lines_that_are_short(words):
    text = as_ics([Entry("1@kinward", date(2019, 1, 5), words)], name="due; by, all", at=AT)

    lines, (event,) = read(text)
    assert all(len(part.encode()) <= LONGEST for part in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert plain(event["SUMMARY"]) == words
    assert r"X-WR-CALNAME:due\; by\, all" in lines


def test_entry_lasts_its_day_and_reminds_the_morning_before():
    lines, (event,) = read(as_ics([Entry("1@kinward", date(2019, 1, 31), "x")], name="", at=AT))

    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20190131", "20190201")
    assert (event["DTSTAMP"], event["TRIGGER"]) == ("20190102T093000Z", "-PT15H")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [lines.count(f"{side}:VALARM") for side in ("BEGIN", "END")] == [1, 1]


def test_line_breaks_in_words_break_no_line():
    _lines, (event,) = read(as_ics([Entry("1", AT.date(), "a\r\nb\nc\rd\\n")], name="", at=AT))

    assert plain(event["SUMMARY"]) == "a\nb\nc\nd\\n"
