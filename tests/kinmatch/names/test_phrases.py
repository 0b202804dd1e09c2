"""Words that say what the next word is: hyphens, ibn, Abu, the article, titles."""

from time import process_time

import pytest

from kinmatch.names import Role, parse
from kinmatch.names.phrases import words_of

G, F, FAM, K, N, T, U = (
    Role.GIVEN,
    Role.FATHER,
    Role.FAMILY,
    Role.KUNYA,
    Role.NISBA,
    Role.TITLE,
    Role.UNSURE,
)


def roled(written):
    return [(part.key, part.role) for part in parse(written).parts]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Даглиев-Ибрагимов Иса", [("даглиев", FAM), ("ибрагимов", FAM), ("иса", G)]),
        ("Иса Даглиев-Ибрагимов", [("иса", G), ("даглиев", FAM), ("ибрагимов", FAM)]),
        (
            "Даглиева-Торанова Анна Исаевна",
            [("даглиев", FAM), ("торанов", FAM), ("анна", G), ("иса", F)],
        ),
        ("Toran-Beld Anna", [("toran", FAM), ("beld", FAM), ("anna", G)]),
        ("Toran-Beld, Rima", [("toran", FAM), ("beld", FAM), ("rima", G)]),
        ("Rima Toran-Beld", [("rima", G), ("toran", FAM), ("beld", FAM)]),
        ("Anna-Maria Toran", [("anna", G), ("maria", U), ("toran", FAM)]),
        ("Anna-Maria", [("anna", G), ("maria", U)]),
        ("Rima Anna-Maria Toran", [("rima", G), ("anna", U), ("maria", U), ("toran", FAM)]),
        ("Toran Li-rim", [("toran", G), ("li", U), ("rim", FAM)]),
        ("Al-Hasan", [("#hasan", G)]),
        ("Al-Hasan Toran", [("#hasan", G), ("toran", FAM)]),
        ("Rima Al-Hasan", [("rima", G), ("#hasan", FAM)]),
        ("Нур-ад-Дин Торанов", [("нур#дин", G), ("торанов", FAM)]),
        ("Rima An Toran", [("rima", G), ("an", U), ("toran", FAM)]),
    ],
)
def test_hyphen_makes_one_family_name_and_no_other_role(written, parts):
    assert roled(written) == parts


def test_words_know_the_hyphen_before_them():
    words = words_of("Toran-Beld, A.B. -Rima")

    assert [(word.text, word.tied) for word in words] == [
        ("Toran", False),
        ("Beld", True),
        ("A", False),
        ("B", False),
        ("Rima", False),
    ]


def test_words_know_what_they_say_of_the_next():
    (haji, toran) = words_of("HAJI Toran")

    assert (haji.folded, haji.is_any("title", "title_or_name")) == ("haji", True)
    assert toran.kinds == frozenset()


@pytest.mark.parametrize(
    "written", ["Abu-l-Hasan", "Abul Hasan", "Abu l Hasan", "Abu'l-Hasan", "Abu al-Hasan"]
)
def test_kunya_is_one_part_in_any_spelling_of_its_article(written):
    assert roled(written) == [("abu#hasan", K)]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Абу-ль-Хасан аш-Шишани", [("абу#хасан", K), ("#шишани", N)]),
        ("Rima ibn ibn Salim", [("rima", G), ("salim", F)]),
        ("Rima ibn ibn", [("rima", G), ("ibn", U), ("ibn", FAM)]),
        ("Rima bin Haji Salim", [("rima", G), ("salim", F)]),
        ("ريما بن الحاج سالم", [("ريما", G), ("سالم", F)]),
    ],
)
def test_kunya_and_nasab_are_read_through_what_is_typed_twice_or_between(written, parts):
    assert roled(written) == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("الشيخ محمد توران", [("#شيخ", T), ("محمد", G), ("توران", FAM)]),
        ("الدكتورة ريما توران", [("#دكتوره", T), ("ريما", G), ("توران", FAM)]),
        ("محمد الشيخ علي", [("محمد", G), ("#شيخ", F), ("علي", FAM)]),
        ("Dr. Sheikh Rima Toran", [("dr", T), ("sheikh", T), ("rima", G), ("toran", FAM)]),
        ("Имам Ахмедович Торанов", [("имам", G), ("ахмед", F), ("торанов", FAM)]),
        ("Торанов Имам Ахмедович", [("торанов", FAM), ("имам", G), ("ахмед", F)]),
        ("Имам Торанов", [("имам", G), ("торанов", FAM)]),
        ("شيخ الشيشاني", [("شيخ", G), ("#شيشاني", N)]),
        ("Магомед-хаджи Торанов", [("магомед", G), ("хаджи", T), ("торанов", FAM)]),
        ("Sheikh Abu Karim", [("sheikh", T), ("abukarim", K)]),
        ("Sheikh", [("sheikh", G)]),
        ("Sheikh 王", [("sheikh", T)]),
    ],
)
def test_title_that_is_a_name_too_is_a_title_only_where_a_title_stands(written, parts):
    assert roled(written) == parts


@pytest.mark.parametrize(
    ("written", "bearer", "title"),
    [
        ("الشيخ محمد توران", "محمد", "#شيخ"),
        ("Шейх Магомедов Руслан Ахмедович", "руслан", "шейх"),
        ("Магомед-хаджи Торанов", "магомед", "хаджи"),
        ("Sayed Toran", "toran", "sayed"),
    ],
)
def test_title_that_may_be_a_name_is_kept_as_another_reading(written, bearer, title):
    part = next(part for part in parse(written).parts if part.key == bearer)

    assert dict(part.readings)[title] == 3.0


def test_word_alone_beside_a_title_may_be_the_family_name():
    (_, name) = parse("Sayed Toran").parts

    assert (name.role, name.or_role, name.or_cost) == (G, FAM, 1.0)


@pytest.mark.parametrize(
    ("written", "kunya"),
    [
        ("أبو عبد الله", "ابوعبد#له"),
        ("أبو عبد الرحمن", "ابوعبد#رحمن"),
        ("أم عبد الرحمن", "امعبد#رحمن"),
        ("Abu Abd al-Rahman", "abuabd#rahman"),
        ("Абу Абд ар-Рахман", "абуабд#рахман"),
        ("أبو سيف الدين", "ابوسيف#دين"),
        ("Abu Sayf al-Din", "abusayf#din"),
    ],
)
def test_kunya_may_be_of_a_compound(written, kunya):
    assert roled(written) == [(kunya, K)]


def test_father_may_be_named_by_the_kunya_of_a_compound():
    assert roled("رسلان بن أبي عبد الله") == [("رسلان", G), ("ابيعبد#له", K)]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Тимур Султан-Ахмедович Торанов", [("тимур", G), ("султанахмед", F), ("торанов", FAM)]),
        ("Торанов Тимур Гаджи-Ахмедович", [("торанов", FAM), ("тимур", G), ("гаджиахмед", F)]),
        ("Торанова Рима Ахмат-Хаджиевна", [("торанов", FAM), ("рима", G), ("ахматхаджи", F)]),
        (
            "Торанов Абдул-Карим Абдул-Хамидович",
            [("торанов", FAM), ("абдулкарим", G), ("абдулхамид", F)],
        ),
        ("Тимур Гусейн-оглы", [("тимур", G), ("гусейн", F)]),
    ],
)
def test_patronymic_with_a_hyphen_is_of_one_father(written, parts):
    assert roled(written) == parts


@pytest.mark.parametrize(
    ("patronymic", "readings"),
    [
        ("Султан-Ахмедович", {"султанахмедович": 0.0}),
        ("Гаджи-Ахмедович", {"гаджиахмедович": 0.0, "ахмед": 2.0}),
        ("Ахмат-Хаджиевич", {"ахматхаджиевич": 0.0, "ахматхаджий": 1.0, "ахмат": 2.0}),
        ("Абдул-Хамидович", {"абдулхамидович": 0.0}),
        ("Абдул-Гереевич", {"абдулгереевич": 0.0, "абдулгерей": 1.0}),
    ],
)
def test_patronymic_with_a_hyphen_keeps_what_else_it_may_be_of(patronymic, readings):
    father = parse(f"Тимур {patronymic}").parts[1]

    assert readings.items() <= dict(father.readings).items()


REPEATED = [
    "Али" + "-имам" * 400,
    "ibn " * 2000,
    "abu " * 2000,
    "abd al-" * 2000,
    "имам " * 2000,
    "Рима " + "бин хаджи " * 2000,
    "оглы " * 2000,
    "А." * 2000,
    "Toran-Beld " * 2000,
    "Рима" + " (Торанова)" * 2000,
    "(" * 2000 + "Рима" + ")" * 2000,
    "(Рима " * 2000,
    "Рима" + " " * 100_000 + "Торан",
]


@pytest.mark.parametrize("written", REPEATED, ids=lambda written: written[:12])
def test_what_is_repeated_without_end_is_read_in_time(written):
    began = process_time()

    parse(written)

    assert process_time() - began < 2


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("إمام رسلان توران", [("امام", T), ("رسلان", G), ("توران", FAM)]),
        ("Dr. med. Rima Toran", [("dr", T), ("med", T), ("rima", G), ("toran", FAM)]),
        ("ريما ابنة أحمد", [("ريما", G), ("احمد", F)]),
        ("Rima mint Ahmed", [("rima", G), ("ahmed", F)]),
        ("Timur Ahmad ugli", [("timur", G), ("ahmad", F)]),
        ("سيف الإسلام", [("سيف#اسلام", G)]),
        ("Тимур Абд-ур-Рахман", [("тимур", G), ("абд#рахман", FAM)]),
    ],
)
def test_words_that_say_what_the_next_is(written, parts):
    assert roled(written) == parts
