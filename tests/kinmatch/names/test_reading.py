"""Which word of a name is whose, and what it is compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import Role, Script, parse

G, F, GF, FAM = Role.GIVEN, Role.FATHER, Role.GRANDFATHER, Role.FAMILY
K, N, T, INI, U = Role.KUNYA, Role.NISBA, Role.TITLE, Role.INITIAL, Role.UNSURE


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Руслан", [("руслан", G)]),
        ("Магомедов Руслан Ахмедович", [("магомедов", FAM), ("руслан", G), ("ахмед", F)]),
        ("Руслан Ахмедович Магомедов", [("руслан", G), ("ахмед", F), ("магомедов", FAM)]),
        ("Магомедова Амина Ахмедовна", [("магомедов", FAM), ("амина", G), ("ахмед", F)]),
        ("Магомедова, Амина Ахмедовна", [("магомедов", FAM), ("амина", G), ("ахмед", F)]),
        ("Магомедов Руслан", [("магомедов", FAM), ("руслан", G)]),
        ("Руслан Магомедов", [("руслан", G), ("магомедов", FAM)]),
        ("Руслан Ахмедович", [("руслан", G), ("ахмед", F)]),
        ("Алиев Мурад Гусейн оглы", [("алиев", FAM), ("мурад", G), ("гусейн", F)]),
        ("Мурад Гусейн-оглы Алиев", [("мурад", G), ("гусейн", F), ("алиев", FAM)]),
        ("Mammadov Murad Huseyn oglu", [("mammadov", FAM), ("murad", G), ("huseyn", F)]),
        ("Нурлан уулу Азамат", [("нурлан", F), ("азамат", G)]),
        ("Nurlan uulu Azamat", [("nurlan", F), ("azamat", G)]),
        ("Нурлан-уулу Азамат", [("нурлан", F), ("азамат", G)]),
        ("Нурлан кызы Айгуль", [("нурлан", F), ("айгуль", G)]),
        ("Nurlan kyzy Aigul", [("nurlan", F), ("aigul", G)]),
        ("Имам уулу Азамат", [("имам", F), ("азамат", G)]),
        ("Асанов Нурлан уулу Азамат", [("асанов", FAM), ("нурлан", F), ("азамат", G)]),
        ("Азамат Нурлан уулу", [("азамат", G), ("нурлан", F)]),
        ("Həsən Elçin oglu Marmutov", [("hasan", G), ("elchin", F), ("marmutov", FAM)]),
        ("OSMONALIEV Kanybek", [("osmonaliev", FAM), ("kanybek", G)]),
        ("Ivanova, Maria", [("ivanov", FAM), ("maria", G)]),
        ("Rima Salim Toran", [("rima", G), ("salim", U), ("toran", FAM)]),
        ("J. Toran", [("j", INI), ("toran", FAM)]),
        ("Dr. Rima Toran", [("dr", T), ("rima", G), ("toran", FAM)]),
        ("Dr", [("dr", G)]),
        ("رسلان", [("رسلان", G)]),
        ("رسلان أحمد الشيشاني", [("رسلان", G), ("احمد", F), ("#شيشاني", N)]),
        ("رسلان أحمد علي تورانوف", [("رسلان", G), ("احمد", F), ("علي", GF), ("تورانوف", FAM)]),
        ("رسلان بن أحمد", [("رسلان", G), ("احمد", F)]),
        ("أمينة بنت أحمد", [("امينه", G), ("احمد", F)]),
        ("عبد الرحمن بن محمد", [("عبد#رحمن", G), ("محمد", F)]),
        ("عبدالرحمن", [("عبد#رحمن", G)]),
        ("عبد ال رحمن", [("عبد#رحمن", G)]),
        ("أبو بكر", [("ابوبكر", K)]),
        ("أبو محمد رسلان", [("ابومحمد", K), ("رسلان", G)]),
        ("أم محمد", [("اممحمد", K)]),
        ("Abu al Hasan", [("abu#hasan", K)]),
        ("نور الدين علي", [("نور#دين", G), ("علي", FAM)]),
        ("Nur al-Din Toran", [("nur#din", G), ("toran", FAM)]),
        ("Noureddine", [("noureddine", G)]),
        ("Abd al-Rahman al-Torani", [("abd#rahman", G), ("#torani", N)]),
        ("Abdul Rahman", [("abdulrahman", G)]),
        ("Abdurrahman", [("abdurrahman", G)]),
        ("Ben Toran", [("ben", G), ("toran", FAM)]),
        ("Rima ibn Abi Toran", [("rima", G), ("abitoran", K)]),
        ("Rima bint Salim ibn Karim", [("rima", G), ("salim", F), ("karim", GF)]),
        ("Rima Toran, Jr.", [("rima", G), ("toran", FAM), ("jr", T)]),
        ("Toranov Ruslan", [("toranov", FAM), ("ruslan", G)]),
        ("أبو محمد الشيشاني", [("ابومحمد", K), ("#شيشاني", N)]),
        ("Абу Карим аль-Торани", [("абукарим", K), ("#торани", N)]),
        ("Коваль Олена Миколаївна", [("коваль", FAM), ("олена", G), ("микола", F)]),
        ("Карим Рахим ўғли", [("карим", G), ("рахим", F)]),
        ("Iадлан", [("ӏадлан", G)]),
        ("Rima ibn", [("rima", G), ("ibn", FAM)]),
        ("Rima ben 王", [("rima", G)]),
        ("al Torani", [("al", G), ("torani", FAM)]),
        ("Rima al 王", [("rima", G)]),
        ("Rima (Mimi) Toran", [("rima", G), ("toran", FAM)]),
        ("Руслан Rustam", [("руслан", G), ("rustam", FAM)]),
        (", Rima", [("rima", G)]),
        ("Rima,", [("rima", G)]),
        ("王", []),
        ("", []),
    ],
)
def test_parse_gives_parts_their_keys_and_roles(written, parts):
    name = parse(written)

    assert [(part.key, part.role) for part in name.parts] == parts


def test_parse_keeps_what_was_written_and_why():
    name = parse("Руслан Ахмедович")

    assert name.written == "Руслан Ахмедович"
    assert name.script == Script.CYRILLIC
    assert [(part.written, part.why) for part in name.parts] == [
        ("Руслан", "position"),
        ("Ахмедович", "patronymic ending"),
    ]


def test_name_lists_keys_by_role():
    name = parse("Шейх Магомедов Руслан Ахмедович")

    assert name.given == ("руслан",)
    assert name.father == ("ахмед",)
    assert name.family == ("магомедов",)


def test_name_compares_all_parts_but_titles():
    name = parse("Dr Rima Toran")

    assert [part.key for part in name.compared] == ["rima", "toran"]


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("Магомедов Руслан", ("магомед",)),
        ("Магомедова Амина", ("магомед",)),
        ("Алиев Руслан", ("али",)),
        ("Мусаева Амина", ("муса",)),
        ("رسلان محمدوف", ("محمد",)),
        ("Ruslan Torin", ()),
        ("Иса Дудалов-Ибрагимов", ("ибрагим",)),
        ("Ruslan Toran", ()),
        ("Руслан", ()),
    ],
)
def test_family_name_hints_at_the_forefather_it_is_built_on(written, hints):
    name = parse(written)

    assert name.father_hint == hints


def test_forefather_nobody_knows_a_name_of_is_kept_at_a_cost():
    name = parse("Дудалов-Ибрагимов Иса")

    assert name.father_hints == (("дудал", 4.0), ("ибрагим", 0.0))


def test_readings_are_what_else_a_part_may_be_and_what_that_costs():
    magomed, family = parse("Магомед Торанова").parts
    (_, patronymic_part) = parse("Руслан Магомедович").parts

    assert magomed.forms[0] == ("магомед", 0.0)
    assert dict(magomed.readings)["мухаммад"] == 1.0
    assert family.forms[:2] == (("торанов", 0.0), ("торанова", 0.0))
    assert patronymic_part.forms[:2] == (("магомед", 0.0), ("магомедович", 0.0))


def test_readings_of_a_given_name_hold_short_names_and_those_of_a_family_name_do_not():
    given_name, _ = parse("Robert Toran").parts
    _, family = parse("Rima Robert").parts

    assert dict(given_name.readings)["bob"] == 4.0
    assert family.readings == ()


def test_family_name_may_be_built_on_another_spelling_of_its_forefather():
    (family, _) = parse("Магомедов Руслан").parts

    assert ("мухаммадов", 1.0) in family.readings


@pytest.mark.parametrize(
    ("written", "other"),
    [("رسلان أحمد", Role.FATHER), ("رسلان أحمد توران", Role.GRANDFATHER), ("Ruslan Toran", None)],
)
def test_last_word_of_an_arabic_name_may_be_a_forefather(written, other):
    last = parse(written).parts[-1]

    assert (last.role, last.or_role) == (Role.FAMILY, other)


@pytest.mark.parametrize(
    ("written", "suffix"), [("Rima Toran Jr", "jr"), ("Rima Toran III", "iii")]
)
def test_what_follows_a_name_is_kept_and_not_compared(written, suffix):
    name = parse(written)

    assert (name.parts[-1].key, name.parts[-1].role) == (suffix, Role.TITLE)
    assert [part.key for part in name.compared] == ["rima", "toran"]


WORDS = st.lists(
    st.sampled_from(["Торанова", "Руслан", "Ахмедович", "Гӏайрбеков", "Rima", "Toran"]),
    min_size=1,
    max_size=4,
)


@given(WORDS, st.sampled_from(["I", "l", "1", "|", "І", "ӏ", "Ӏ"]))
def test_keys_do_not_change_with_the_way_a_palochka_is_typed(words, palochka):
    written = " ".join(words)

    respelt = written.replace("ӏ", palochka)

    assert keys(respelt) == keys(written)


ARABIC = st.lists(
    st.sampled_from(["أحمد", "إسلام", "عبد الرحمن", "مصطفى", "الطوراني", "سؤدد"]),
    min_size=1,
    max_size=4,
)
SEATS = {"ا": "أإآا", "أ": "أإآا", "إ": "أإآا", "و": "ؤو", "ؤ": "ؤو", "ى": "يى", "ي": "يى"}


@given(ARABIC, st.randoms(use_true_random=False))
def test_keys_do_not_change_with_hamza_seats_and_tatweel(words, chance):
    written = " ".join(words)

    respelt = "".join(
        letter if letter == " " else chance.choice(SEATS.get(letter, letter)) for letter in written
    )
    stretched = "".join(
        letter + chance.choice(["", "ـ"]) if letter != " " else letter for letter in respelt
    )

    assert keys(stretched) == keys(written)


@given(WORDS.filter(lambda words: len(words) > 1))
def test_keys_do_not_change_with_case(words):
    written = " ".join(words)

    assert sorted(keys(written.lower())) == sorted(keys(written.title()))


def keys(written):
    return [part.key for part in parse(written).parts]


@given(st.text(max_size=40))
def test_parse_never_fails_and_keys_are_letters_and_the_article(written):
    name = parse(written)

    assert all(part.key.replace("#", "").isalpha() for part in name.parts)
