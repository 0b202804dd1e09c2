from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.places.gazetteer import entries
from kinward.places.rules import (
    Nearness,
    audible,
    fold,
    nearness,
    searchable,
    sound,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Al-Ḩasakah", "hasakah"),
        ("الحسكة", "حسكه"),
        ("أربيل", "اربيل"),
        ("Эль-Хасака", "хасака"),
        ("Şırnak", "sirnak"),
        ("Соьлжа-ГӀала", "солжа г1ала"),
        ("Соьлжа-Гiала", "солжа гiала"),
        ("  Deir  ez-Zor ", "deir ez zor"),
        ("Ал", "ал"),
        ("—", ""),
    ],
)
def test_name_folds_to_what_every_typist_writes(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mosul", "Mosoul", "Мосул", "Мосуль", "الموصل", "موصل"),
        ("Grozny", "Groznyy", "Грозный", "غروزني"),
        ("Raqqa", "Ar-Raqqah", "Ракка", "الرقة"),
        ("Khasavyurt", "Хасавюрт", "خاسافيورت"),
        ("Dzhokhar", "Джохар"),
        ("Tal Afar", "Tell Afar", "Талль-Афар", "تلعفر", "تل عفر"),
        ("Tbilisi", "Тбилиси", "თბილისი"),
    ],
)
def test_spellings_of_one_place_sound_the_same(spellings):
    assert len({sound(each) for each in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Mosul", "Moscow"), ("Homs", "Hama"), ("Уфа", "Ош")])
def test_other_places_sound_otherwise(one, other):
    assert sound(one) != sound(other) or sound(one) == ""


@given(st.text())
def test_folding_again_changes_nothing_but_a_second_article(written):
    folded = fold(written)

    assert len(fold(folded)) <= len(folded)
    assert folded == folded.strip()


@given(st.text())
def test_no_form_holds_what_keeps_forms_apart(written):
    assert not set("\n\t") & set(fold(written) + sound(written))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("tver", Nearness.EXACT),
        ("tve", Nearness.BEGINS),
        ("twer oblast", Nearness.EXACT_OTHER),
        ("kalinin", Nearness.EXACT_OTHER),
        ("twer", Nearness.ALTERNATIVE),
        ("kal", Nearness.HISTORIC),
        ("oblast", Nearness.WORD),
        ("tvr", Nearness.SOUNDS),
    ],
)
def test_nearness_tells_names_in_use_from_others_and_former_ones(wanted, found):
    assert nearness(searchable(["Tver"], ["Twer Oblast", "Tver"], ["Kalinin"]), wanted) == found


def test_a_name_is_kept_once_though_it_is_of_two_kinds():
    assert searchable(["Tver"], ["TVER", "Twer"], ["Twer"]) == "\ntver\n\t\ntwer\n\t\n"
    assert audible(["Tver", "Тверь", "Ош"]) == "\ntfr\n"


def test_forms_in_the_file_are_those_the_search_makes():
    for entry in list(entries())[::97]:
        former = [other["text"] for other in entry["others"] if other.get("historic")]
        further = [other["text"] for other in entry["others"] if not other.get("historic")]
        names = entry["names"].values()

        assert entry["searched"] == searchable(names, further, former)
        assert entry["sounds"] == audible([*names, *further, *former])
