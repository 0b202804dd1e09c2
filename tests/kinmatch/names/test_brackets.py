"""What stands in brackets is kept: another spelling of the word before, or one more part."""

import pytest

from kinmatch.names import Role, parse

G, F, FAM, K, U = Role.GIVEN, Role.FATHER, Role.FAMILY, Role.KUNYA, Role.UNSURE


@pytest.mark.parametrize(
    ("written", "key", "other"),
    [
        ("Сельда (Сельма) Даглиева", "сельда", "сельма"),
        ("Anna (Anya) Beld", "anna", "anya"),
        ("Mohammed (Hamada) Toran", "mohammed", "hamada"),
        ("رسلان (روسلان) توران", "رسلان", "روسلان"),
        ("Anna [Anya] Beld", "anna", "anya"),
        ("Anna (or Anya) Beld", "anna", "anya"),
        ("Anna (Rima, Anya) Beld", "anna", "anya"),
        ("Anna Toran (Beld)", "toran", "beld"),
        ("Анна Даглиева (Торанова)", "даглиев", "торанов"),
        ("Анна (Торанова) Даглиева", "даглиев", "торанов"),
        ("Анна Даглиева (урожд. Торанова)", "даглиев", "торанов"),
        ("Anna Toran (née Beld)", "toran", "beld"),
        ("Руслан Ахмедович (Исаевич) Торанов", "ахмед", "иса"),
    ],
)
def test_word_in_brackets_is_another_reading_of_the_one_before(written, key, other):
    part = next(part for part in parse(written).parts if part.key == key)

    assert dict(part.readings)[other] == 1.0
    assert [part.key for part in parse(written).parts if part.key == other] == []


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Руслан (Ахмедович) Торанов", [("руслан", G), ("ахмед", F), ("торанов", FAM)]),
        ("Rima (Umm Karim) Toran", [("rima", G), ("ummkarim", K), ("toran", FAM)]),
        ("Abu Karim (Ahmed)", [("abukarim", K), ("ahmed", G)]),
        ("Анна (Торанова)", [("анна", G), ("торанов", FAM)]),
        ("Anna (Anna Maria Beld)", [("anna", G), ("maria", U), ("beld", FAM)]),
        ("(Hamada) Toran", [("hamada", G), ("toran", FAM)]),
        ("(Рима)", [("рима", G)]),
        ("Сельда (Сельма Даглиева", [("сельда", G), ("сельма", U), ("даглиев", FAM)]),
        ("Rima (1950) Toran", [("rima", G), ("toran", FAM)]),
        ("Rima () Toran", [("rima", G), ("toran", FAM)]),
    ],
)
def test_word_in_brackets_of_another_role_is_a_part(written, parts):
    assert [(part.key, part.role) for part in parse(written).parts] == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        (
            "Торан Тимур (кличка Абу Муса)",
            [("торан", G), ("тимур", FAM), ("абумуса", K)],
        ),
        ("Торанов Тимур (прозвище Борз)", [("торанов", FAM), ("тимур", G)]),
        ("Торанов Тимур, 1990 г.р.", [("торанов", FAM), ("тимур", G)]),
        ("Торанов Тимур 1990 г. р.", [("торанов", FAM), ("тимур", G)]),
        ("رسلان ﷺ", [("رسلان", G)]),
    ],
)
def test_what_is_said_about_a_name_is_no_part_of_it(written, parts):
    assert [(part.key, part.role) for part in parse(written).parts] == parts


def test_family_name_in_brackets_after_initials_is_another_family_name():
    family, *initials = parse("Торанов И.И. (Даглиев)").parts

    assert (family.role, dict(family.readings)["даглиев"]) == (FAM, 1.0)
    assert [part.role for part in initials] == [Role.INITIAL, Role.INITIAL]
