"""Two names compared part by part."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names import compare, parse, score_names

SAME = [
    ("Магомедов Руслан Ахмедович", "رسلان أحمد محمدوف"),
    ("Торанов Руслан Ахмедович", "رسلان بن أحمد تورانوف"),
    ("Ruslan Toranov", "Торанов Руслан"),
    ("Abd al-Rahman Torani", "عبدالرحمن الطوراني"),
    ("Nour Eddine Toran", "نور الدين توران"),
    ("Хадижат Торанова", "Khadija Toranov"),
    ("MacToran Rima", "Mac Toran Rima"),
]
DIFFERENT = [
    ("Торанов Руслан Ахмедович", "حمزة خالد البيطار"),
    ("Rima Toran", "Karim Bitar"),
    ("Rima Toran", "王"),
    ("", ""),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_compare_is_high_for_one_name_in_two_forms(left, right):
    found = compare(left, right)

    assert found.probability > 0.7


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_compare_is_low_for_different_names(left, right):
    found = compare(left, right)

    assert found.bits <= 0.0
    assert found.probability < 0.5


@pytest.mark.parametrize(("left", "right"), SAME + DIFFERENT)
def test_compare_is_symmetric(left, right):
    there = compare(left, right).bits

    back = compare(right, left).bits

    assert back == pytest.approx(there)


@pytest.mark.parametrize(
    ("left", "right"),
    [*SAME, *DIFFERENT, ("R. Toran Bitar", "A. K. Toran"), ("Руслан Ахмедович", "رسلان")],
)
def test_what_is_told_adds_up(left, right):
    found = compare(left, right)

    told = [*found.pairs, *found.left_only, *found.right_only]
    assert sum(said.bits for said in told) == pytest.approx(found.bits)


@pytest.mark.parametrize(("one", "other"), [("Магомед", "محمد"), ("Патимат", "فاطمة")])
def test_spellings_known_to_be_one_name_never_contradict(one, other):
    found = compare(one, other)

    assert found.bits > 0
    assert found.pairs[0].words.startswith(f"{one} = {other}: same name")


def test_names_known_to_be_two_never_agree_by_sound():
    assert compare("Магомед", "محمود").bits < 0


WORDS = st.lists(
    st.sampled_from(
        ["Руслан", "Ахмедович", "Гаджи-Магомедович", "Торанов", "نور الدين", "بن", "عبد الرحمن",
         "البيطاري", "Abd al-Karim", "al-Toran", "R.", "А.", "Mac", "Mactoran", "торан"]
    ),
    max_size=5,
).map(" ".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_score_is_the_same_in_either_order_whatever_the_names(left, right):
    there, back = compare(left, right), compare(right, left)

    assert there.bits == back.bits == score_names(left, right)
    assert there.right_only == back.left_only
    assert {(pair.left, pair.right) for pair in there.pairs} == {
        (pair.right, pair.left) for pair in back.pairs
    }


def test_family_name_may_name_the_father():
    his = compare("Марьям Умарова", "مريم بنت عمر")
    another = compare("Марьям Умарова", "مريم بنت خالد")

    assert his.bits > another.bits + 3.0
    assert his.pairs[1].words == "Умарова is built on Умар = بنت عمر: same name, common"


def test_brothers_with_names_that_sound_alike_are_two():
    same = score_names("Магомедов Хасан Ахмедович", "Магомедов Хасан Ахмедович")

    assert score_names("Магомедов Хасан Ахмедович", "Магомедов Хусейн Ахмедович") < same - 10


def test_compare_tells_absence_from_contradiction():
    whole = "Ruslan Ahmad Toran"

    absent = compare(whole, "Ruslan Toran")
    contradicted = compare(whole, "Ruslan Karim Toran")

    assert contradicted.bits + 2.0 < absent.bits < compare(whole, whole).bits
    assert [lone.part.key for lone in absent.left_only] == ["ahmad"]
    assert [pair.words for pair in contradicted.pairs if pair.bits < 0] == [
        "Ahmad and Karim: not the same"
    ]


def test_compare_sees_that_given_and_father_have_swapped():
    right_way = compare("Руслан Ахмедович", "رسلان بن أحمد")

    swapped = compare("Руслан Ахмедович", "أحمد بن رسلان")

    assert swapped.bits < right_way.bits - 2.0
    assert [pair.words for pair in swapped.pairs] == [
        "Руслан = بن رسلان: same name, but given here and father there",
        (
            "Ахмедович says the father is Ахмед = أحمد: same name, common, "
            "but father here and given there"
        ),
    ]


def test_compare_takes_an_initial_for_little():
    initial = compare("R. Toran", "Rima Toran")
    other = compare("K. Toran", "Rima Toran")

    whole = compare("Rima Toran", "Rima Toran")
    assert other.bits < initial.bits < whole.bits


def test_compare_joins_words_written_apart():
    found = compare("Mac Toran", "Mactoran")

    assert [len(pair.left) for pair in found.pairs] == [2]
    assert found.left_only == found.right_only == ()


def test_compare_says_which_parts_met():
    found = compare("Магомед Торанов", "محمد تورانوف")

    assert [pair.words for pair in found.pairs] == [
        "Магомед = محمد: same name, common",
        "Торанов = تورانوف: same name",
    ]


def test_compare_takes_names_already_parsed():
    found = compare(parse("Rima Toran"), "Rima Toran")

    assert found == compare("Rima Toran", "Rima Toran")


PARTS = st.lists(
    st.sampled_from(["Rima", "Ruslan", "Toran", "Karim", "Bitar"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(PARTS, st.randoms(use_true_random=False))
def test_order_of_words_changes_no_meeting(words, chance: random.Random):
    shuffled = chance.sample(words, len(words))

    found = compare(" ".join(words), " ".join(shuffled))

    assert found.left_only == found.right_only == ()
    assert {pair.left[0].written for pair in found.pairs} == set(words)


@given(st.text(max_size=20), st.text(max_size=20))
def test_score_names_is_what_compare_says(left, right):
    score = score_names(left, right)

    found = compare(left, right)
    assert score == found.bits
    assert 0.0 <= found.probability <= 1.0


def test_compare_says_what_a_patronymic_says():
    (_, father) = compare("Руслан Ахмедович", "رسلان بن أحمد").pairs

    assert father.words == "Ахмедович says the father is Ахмед = بن أحمد: same name, common"


def test_compare_knows_a_short_name_in_another_script():
    (given_name, *_) = compare("Robert Toran", "Боб Торан").pairs

    assert given_name.words == "Robert = Боб: a short name of it"


def test_family_names_agree_on_another_spelling_of_the_forefather():
    (family, *_) = compare("Магомедов Руслан", "رسلان محمدوف").pairs

    assert family.words == "Магомедов = محمدوف: same name"


def test_nisba_beside_a_family_name_contradicts_little():
    family = compare("Торанов Руслан", "رسلان بيطاروف")

    nisba = compare("Торанов Руслан", "رسلان الشيشاني")

    assert nisba.bits > family.bits + 5.0


def test_two_names_without_a_word_say_nothing():
    found = compare("", "Rima Toran")

    assert (found.bits, found.pairs, found.left_only, found.right_only) == (0.0, (), (), ())


def test_only_the_first_six_parts_are_compared():
    long = "Rima Salim Karim Toran Bitar Darim Nasir Baran"

    found = compare(long, long)

    assert len(found.pairs) == 6


@pytest.mark.parametrize("other", ["Рима Торан", "رما توران"])
def test_a_letter_apart_costs_less_than_another_name(other):
    typed = score_names("Rjma Toran", other)

    assert score_names("Karim Toran", other) < typed < score_names("Rima Toran", other)
