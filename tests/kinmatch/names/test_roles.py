"""Whose name a word is, where the words themselves do not say."""

import pytest

from kinmatch.names import Role, parse
from kinmatch.names.forms import form_of

G, F, FAM, N = Role.GIVEN, Role.FATHER, Role.FAMILY, Role.NISBA


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("رسلان الشيشاني", "#شيشاني"),
        ("ريما الشيشانية", "#شيشانيه"),
        ("Ruslan al-Shishani", "#shishani"),
        ("Ruslan al-Shishaniy", "#shishaniy"),
        ("Rima ash-Shishaniyya", "#shishaniyya"),
        ("Ruslan ad-Dagestani", "#dagestani"),
        ("Руслан аш-Шишани", "#шишани"),
        ("Руслан аль-Дагестани", "#дагестани"),
        ("Рима аль-Дагестания", "#дагестания"),
        ("Al-Torani, Ruslan", "#torani"),
    ],
)
def test_nisba_is_read_in_every_script(written, key):
    nisbas = [part.key for part in parse(written).parts if part.role is N]

    assert nisbas == [key]


@pytest.mark.parametrize("written", ["Ruslan Shishani", "Ruslan al-Hasan", "Руслан аль-Торан"])
def test_nisba_needs_the_article_and_the_ending(written):
    assert [part.role for part in parse(written).parts] == [G, FAM]


def test_kunya_may_be_followed_by_two_nisbas():
    parts = parse("Abu Karim al-Torani al-Shishani").parts

    assert [part.role for part in parts] == [Role.KUNYA, N, N]


@pytest.mark.parametrize(
    ("written", "whose"),
    [
        ("Торанов Р.А.", [None, G, F]),
        ("Р. А. Торанов", [G, F, None]),
        ("Руслан А. Торанов", [None, F, None]),
        ("Р. Ахмедович Торанов", [G, None, None]),
        ("R. A. Toran", [G, None, None]),
        ("رسلان ا. توران", [None, F, None]),
    ],
)
def test_initials_say_by_their_order_whose_names_they_begin(written, whose):
    assert [part.initial_of for part in parse(written).parts] == whose


@pytest.mark.parametrize(
    ("written", "role"), [("Руслан А.", G), ("Торан А.", FAM), ("А. Руслан", FAM)]
)
def test_name_beside_an_initial_is_the_family_name_unless_it_is_known(written, role):
    name = parse(written)

    assert [part.role for part in name.parts if part.role is not Role.INITIAL] == [role]


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Рима Каримова Анвар қизи", "рима", "каримов"),
        ("Rima Aliyeva Ilham qizi", "rima", "aliyev"),
        ("Timur Karimov Rustam o'g'li", "timur", "karimov"),
        ("Karim El Hadi Ben Mohamed", "karim", "#hadi"),
        ("Ömer Toran bin Abdülaziz", "omer", "toran"),
        ("Toran Timur Huseyn oglu", "timur", "toran"),
        ("Торан Тимур Ахмедович", "тимур", "торан"),
        ("Торан Ирина Ахмедовна", "ирина", "торан"),
        ("Торан Валентин Ахмедович", "валентин", "торан"),
    ],
)
def test_patronymic_third_shows_the_family_name_first_unless_the_second_is_one(
    written, given, family
):
    name = parse(written)

    assert (name.given, name.family) == ((given,), (family,))


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("Нур ад-Дин Махмуд", "нур#дин"),
        ("Насреддин Торан", "насреддин"),
        ("Зайнутдин Торан", "зайнутдин"),
    ],
)
def test_name_with_din_ends_in_no_family_ending(written, given):
    name = parse(written)

    assert (name.given, name.father_hints) == ((given,), ())


@pytest.mark.parametrize(
    ("written", "role", "other"),
    [
        ("Даглиев", FAM, G),
        ("Торановская", FAM, G),
        ("Абу-Карим Даглиев", FAM, G),
        ("Имам Даглиев", FAM, None),
        ("Марина", G, None),
        ("Марина Ахмедовна", G, None),
        ("Эмин", G, None),
    ],
)
def test_word_alone_is_the_family_name_where_only_family_names_end_so(written, role, other):
    part = parse(written).compared[-1 if "Ахмедовна" not in written else 0]

    assert (part.role, part.or_role) == (role, other)


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("محمدوف حسن بن احمد", "محمدوف"),
        ("محمدوفا ريما", "محمدوف"),
        ("معروف حسن", "حسن"),
        ("حسن محمدوف", "محمدوف"),
    ],
)
def test_arabic_name_may_begin_with_a_family_name_that_ends_like_one(written, family):
    assert parse(written).family == (family,)


@pytest.mark.parametrize("name", ["Торанович Роман Аркадьевич", "Баранович Руслан Ахмедович"])
def test_first_of_two_patronymics_is_the_family_name(name):
    first, _, father = parse(name).parts

    assert (first.role, first.or_role, father.role) == (Role.FAMILY, Role.FATHER, Role.FATHER)
    assert first.key == form_of(first.written)
    assert parse(name).father == (father.key,)
