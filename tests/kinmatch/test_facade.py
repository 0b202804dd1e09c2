from __future__ import annotations

import kinmatch


def test_facade_offers_what_it_names():
    assert [name for name in kinmatch.__all__ if not hasattr(kinmatch, name)] == []


def test_facade_links_two_files_in_three_lines(write):
    found = kinmatch.read(write("f.csv", "id,name,mother\nF1,رسلان,خديجة\n"))
    sought = kinmatch.read(write("s.csv", "id,name,mother\nS1,Руслан,Хадижат\n"))

    linkage = kinmatch.link(found.persons, sought.persons, engine="reference")

    (candidate,) = linkage.of("F1")
    assert candidate.sought_id == "S1"
    assert kinmatch.band(candidate.probability) == "very_likely"
    assert kinmatch.say(candidate.reasons[0]).endswith(").")
