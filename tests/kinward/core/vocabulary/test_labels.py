"""Labels are found however they are written; ordinary words and given names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.vocabulary import find, find_in_name
from kinward.core.vocabulary.labels import labels

WRITTEN = [
    ("The son of a terrorist.", "terrorist"),
    ("TERRORISTS", "TERRORISTS"),
    ("an ISIS child", "ISIS"),
    ("I.S.I.S. family", "I.S.I.S"),
    ("t e r r o r i s t", "t e r r o r i s t"),
    ("t3rr0r1st", "t3rr0r1st"),
    ("terrrrorist", "terrrrorist"),
    ("ter\u200brorist", "ter\u200brorist"),
    ("tеrrоrist", "tеrrоrist"),  # Cyrillic е and о
    ("her father, a fighter", "fighter"),
    ("caliphate-cubs", "caliphate-cubs"),
    ("ребёнок боевика", "боевика"),
    ("дети БОЕВИКОВ", "БОЕВИКОВ"),
    ("бoeвик", "бoeвик"),  # Latin o and e
    ("дети игиловцев", "игиловцев"),
    ("дочь террористки", "террористки"),
    ("ابن إرهابي", "إرهابي"),
    ("ارهابيين", "ارهابيين"),
    ("أطفال داعش", "داعش"),
    ("لداعش", "لداعش"),
    ("بالإرهاب", "بالإرهاب"),
    ("للإرهابيين", "للإرهابيين"),
    ("والدواعش", "والدواعش"),
    ("داعـــش", "داعـــش"),
    ("دَاعِش", "دَاعِش"),
    ("عوائل تنظيم الدولة", "تنظيم الدولة"),
    ("enfants de djihadistes", "djihadistes"),
    ("l’État islamique", "État islamique"),
    ("l'etat islamique", "etat islamique"),
    ("منداڵی داعش", "داعش"),
    ("چەکدارەکان", "چەکدارەکان"),
]
# Words of a day's work and given names that share letters, roots or sounds with a label.
ORDINARY = [
    "Islam, Muslim and Jihad are brothers; their mother is called Aisha.",
    "جهاد وإسلام ومجاهد وشهيد ومقاتل",
    "Джихад, Ислам, Мухаммад, Шахид, Боевая улица, бой, бои",
    "The firefighter carried her; the fire fighters came at once.",
    "A crisis in the oasis; the basis of the thesis; Isidore; territory; terror of the dark.",
    "Mosul, Raqqa, Tal Afar, Роква, Хасавюрт, Дагестан, الموصل, الرقة, تلعفر",
    "Даша, Даниш, Дания, Изида",
    "His passport is 751515 and the form is 1S15.",
    "Elle a combattu la maladie.",
    "Her mother was detained in Baghdad until 2021.",
    "А. Б. В. Г. Д.",
    "The radical sign, the fighting, a millitary hospital, the sister’s isle.",
    "قتال، دولة، تنظيم، خلافة، رهبة",
    "شەڕ، منداڵ، دایک، باوک، هەولێر",
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_label_is_found_as_it_is_written(text, written):
    assert [found.written for found in find(text)] == [written]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_and_names_are_no_labels(text):
    assert find(text) == []


def test_found_label_says_where_it_stands():
    text = "He is no terrorist at all."

    (found,) = find(text)

    assert (text[found.start : found.end], found.label, found.kind) == (
        "terrorist",
        "terroris",
        "label",
    )


def test_charge_is_told_from_a_label():
    assert [found.kind for found in find("Мать осуждена за что-то, отец боевик")] == [
        "charge",
        "label",
    ]


@pytest.mark.parametrize(
    "name", ["isTerrorist", "risk_level", "affiliation", "father_isis", "faceTemplates", "боевик"]
)
def test_name_of_a_field_that_labels_is_found(name):
    assert len(find_in_name(name)) == 1


@pytest.mark.parametrize("name", ["relation", "risk", "certainty", "verdict", "place_of_birth"])
def test_ordinary_name_of_a_field_is_not(name):
    assert find_in_name(name) == []


def test_prose_may_say_that_there_is_no_such_field():
    assert find("Kinward holds no affiliation and no DNA profile.") == []


@given(
    label=st.sampled_from([each for each in labels() if each.where != "names"]),
    before=st.sampled_from(["", " ", "(", "… ", "she is, "]),
    after=st.sampled_from(["", " ", ")", ".", ", she said"]),
    shout=st.booleans(),
)
def test_every_label_of_the_list_is_found_anywhere(label, before, after, shout):
    written = label.text.upper() if shout else label.text

    found = find(f"{before}{written}{after}")

    assert written in [each.written for each in found]


@given(
    label=st.sampled_from([each for each in labels() if not each.where and " " not in each.text]),
    mark=st.sampled_from(["\u0301", "\u0640", "\u200d", "\u064e", "\u00ad"]),
    data=st.data(),
)
def test_marks_and_joiners_hide_no_label(label, mark, data):
    place = data.draw(st.integers(1, len(label.text) - 1))
    text = label.text[:place] + mark + label.text[place:]

    assert len(find(text)) == 1


@given(st.text(max_size=200))
def test_what_is_found_is_part_of_the_text(text):
    for found in find(text):
        assert text[found.start : found.end] == found.written


def test_every_entry_of_the_list_says_why():
    assert [each.text for each in labels() if not each.because or not each.language] == []
