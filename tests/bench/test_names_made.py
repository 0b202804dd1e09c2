"""The sets and names that the benchmark of names makes itself, from tiny made-up tables."""

from __future__ import annotations

import pytest
from naming import made, speed


@pytest.fixture
def public(tmp_path):
    latin = ["latin\tarabic\tlatin_language\tcountry\tcount\tsplit"]
    for split, arabic, english, french in (
        ("dev", "سعيد شكري", "Saeed Shoukry", "Saïd Choukri"),
        ("train", "جمال عمري", "Jamal Omari", "Djamel Omari"),
    ):
        latin.append(f"{english}\t{arabic}\ten\tXX\t1\t{split}")
        latin.append(f"{french}\t{arabic}\tfr\tXX\t1\t{split}")
    (tmp_path / "persons_lat_ara.tsv").write_text("\n".join(latin))
    given = [("Ruslan", "Руслан", "رسلان"), ("Timur", "Тимур", "تيمور"), ("Zaur", "Заур", "زاور")]
    family = [("Kadirov", "Кадиров", "قاديروف"), ("Hasanov", "Хасанов", "حسنوف")]
    persons = ["source\tid\tlatin\tcyrillic\tarabic"]
    persons += [
        "\t".join(("made up", f"{a[0]}{b[0]}", *(f"{x} {y}" for x, y in zip(a, b, strict=True))))
        for a in given
        for b in family
    ]
    (tmp_path / "persons_dev.tsv").write_text("\n".join(persons))
    return tmp_path


def test_english_spellings_are_sought_among_french_ones(public):
    one = made.spellings(public)

    assert [(q.name, [one.cands[at] for at in q.right]) for q in one.queries] == [
        ("Saeed Shoukry", ["Saïd Choukri"])
    ]
    assert one.cands == ("Saïd Choukri", "Djamel Omari", "Jamal Omari")


def test_made_pairs_are_the_same_every_time_and_of_every_kind(public):
    for make in (made.arabic_cyrillic, made.noisy_latin):
        one = make(public)

        assert one == make(public)
        assert {pair.kind for pair in one.pairs if not pair.same} == {"near", "swap", "rand"}
        assert all(pair.left != pair.right for pair in one.pairs)


def test_noise_is_of_the_kind_it_says(chance):
    assert made.initial("Ruslan Kadirov", chance) == "R. Kadirov"
    assert made.missing("Ruslan Timur Kadirov", chance) == "Ruslan Kadirov"
    assert made.missing("Ruslan Kadirov", chance) == "Ruslan Kadirov"
    assert made.joined("Ruslan Kadirov", chance) == "RuslanKadirov"
    assert made.reordered("Ruslan Kadirov", chance) in {"Kadirov Ruslan", "Kadirov, Ruslan"}
    assert made.letters("Хасанов, Заур") == "zaur hasanov"


def test_a_million_names_come_with_queries_in_another_script(public, monkeypatch):
    monkeypatch.setattr(speed, "MILLION", 5)
    monkeypatch.setattr(speed, "LIVE", 2)

    names, queries = speed.million_names(public / "persons_lat_ara.tsv")

    assert len(set(names)) == 5
    assert all(len(names[place].split()) == len(query.split()) == 3 for query, place in queries)
