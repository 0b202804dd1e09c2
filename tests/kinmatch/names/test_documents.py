"""Names in the machine-readable zone and in the passports of Russia."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import Language, machine_readable, passport_forms

ZONE = re.compile(r"(?:[A-Z]+(?:<[A-Z]+)*)?")
LETTERS = st.characters(
    categories=["L", "M", "Nd", "P", "Zs"], max_codepoint=0x6FF, exclude_characters="\x85"
)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("عبّاس", "EBBAS"),
        ("فضة", "FXDZXDZXAH"),
        ("جميلة نعيمة", "JMYLXAH<NEYMXAH"),
        ("عبد العزيز بن متعب", "EBD<ALEZYZ<BN<MTEB"),
        ("جمال عبد الناصر", "JMAL<EBD<ALNAXSSR"),
        ("إسماعيل عز الدين", "ISMAEYL<EZZ<ALDYN"),
        ("هاري الشماع", "HARY<ALXSHMAE"),
        ("أبو بكر محمد بن زكريا الرازي", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"),
        ("ابو بكر محمد بن زكريا الرازي", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"),
    ],
)
def test_machine_readable_gives_the_worked_examples_of_doc_9303(written, zone):
    assert machine_readable(written) == zone


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("مُحَمَّد", "MXHMMD"),  # vowel marks are not written, the shadda doubles
        ("تورّان", "TWRRAN"),
        ("فضّة", "FXDZXDZXAH"),  # a sequence is doubled as a whole
        ("عزّ", "EZZ"),
        ("ّتوران", "TWRAN"),  # nothing stands before it to be doubled
        ("رحمة", "RXHMXAH"),
        ("رحمةُ", "RXHMXAH"),  # still the last letter
        ("رحمةـ", "RXHMXAH"),
        ("رحمةالله", "RXHMXTAALLH"),
        ("عبداللّه", "EBDALLH"),  # the name of God has its double lam already
        ("ﷲ", "ALLH"),
        ("ﻣﺤﻤﻮد", "MXHMWD"),  # presentation forms of fonts
        ("توران٢", "TWRAN"),
    ],
)
def test_machine_readable_reads_the_marks_of_arabic(written, zone):
    assert machine_readable(written) == zone


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("گلنار", "XGGLNAR"),
        ("پروین", "PRWXYAN"),
        ("چنگیز", "XCNXGGXYAZ"),
        ("ژاله", "XJALH"),
        ("ټوران", "XRTWRAN"),
        ("ڈار", "XXDAR"),
        ("ے", "XYB"),
        ("ڤيان", "VYAN"),
        ("ڕێژان", "RYXJAN"),  # Kurdish letters the Doc leaves out: as the letter they are drawn on
        ("ڵۆران", "LWRAN"),
        ("ڪمال", "KMAL"),
    ],
)
def test_machine_readable_knows_the_letters_of_persian_urdu_pashto_and_kurdish(written, zone):
    assert machine_readable(written) == zone


@pytest.mark.parametrize(
    ("written", "language", "zone"),
    [
        ("Щеглова Юлия", None, "SHCHEGLOVA<IULIIA"),
        ("Объёмов Игорь", None, "OBIEEMOV<IGOR"),
        ("Юрій Гайвий", Language.UKRAINIAN, "YURII<HAIVYI"),
        ("Єва Їжак-Яєць", Language.UKRAINIAN, "YEVA<YIZHAK<YAIETS"),
        ("Ґава Йосип", Language.UKRAINIAN, "GAVA<YOSYP"),
        ("Марʼяна", Language.UKRAINIAN, "MARIANA"),
        ("Ёсель Гайко", Language.BELARUSIAN, "IOSEL<HAIKO"),
        ("Кіян", Language.BELARUSIAN, "KIIAN"),
        ("Щерка", Language.BULGARIAN, "SHTERKA"),
        ("Жика Чакић Шимун", Language.SERBIAN, "ZIKA<CAKIC<SIMUN"),
        ("Ѓорѓи Џоков Ќирка Хацо", Language.MACEDONIAN, "GJORGJI<DJOKOV<KJIRKA<HACO"),
        ("Ѓорѓи Џоков", None, "GORGI<DZOKOV"),
        ("Қасым Ұланов", None, "QASYM<ULANOV"),
        ("Ԥарка", None, "PARKA"),
    ],
)
def test_machine_readable_follows_the_language_of_cyrillic(written, language, zone):
    assert machine_readable(written, language) == zone


@pytest.mark.parametrize(
    ("written", "language", "zone"),
    [
        ("Rima Toran", None, "RIMA<TORAN"),
        ("O'Toran-Bitar, Rima", None, "OTORAN<BITAR<RIMA"),
        ("Tören Åsa Ñuñez", None, "TOEREN<AASA<NUNEZ"),
        ("Şirin Tören", Language.TURKISH, "SIRIN<TOREN"),
        ("İlkin Yıldız", None, "ILKIN<YILDIZ"),
        ("Toß Łukšǆ", None, "TOSS<LUKSDZ"),
        ("Ǻra Ộto", None, "ARA<OTO"),
        ("ΡΙΜΑ 王", None, ""),
        ("", None, ""),
    ],
)
def test_machine_readable_takes_the_marks_off_latin(written, language, zone):
    assert machine_readable(written, language) == zone


@pytest.mark.parametrize(
    "typed",
    ["ХӀажиев", "Хӏажиев", "ХIажиев", "ХІажиев", "Хlажиев", "Х1ажиев", "Х|ажиев", "ХIАЖИЕВ"],
)
def test_palochka_is_left_out_however_it_was_typed(typed):
    forms = passport_forms(typed)

    assert machine_readable(typed) == "KHAZHIEV"
    assert forms[0].machine_readable == "KHAZHIEV"


def test_first_letter_that_is_left_out_leaves_its_capital_to_the_next():
    forms = passport_forms("Ӏаржа")

    assert {form.written for form in forms} == {"Arzha", "Arja"}


@given(st.text(LETTERS), st.sampled_from([None, *Language]))
def test_machine_readable_has_the_letters_of_the_zone_and_is_stable(name, language):
    zone = machine_readable(name, language)

    assert ZONE.fullmatch(zone)
    assert machine_readable(zone, language) == zone


@given(st.text())
def test_machine_readable_and_passports_take_any_text(name):
    zones = [machine_readable(name), *(form.machine_readable for form in passport_forms(name))]

    assert all(ZONE.fullmatch(zone) for zone in zones)


def test_passport_forms_go_from_the_newest_to_the_oldest():
    forms = passport_forms("Юрий Гусинцев")

    assert [(form.scheme.name, form.scheme.years, form.written) for form in forms] == [
        ("icao_doc_9303", "since 2013", "Iurii Gusintsev"),
        ("gost_52535", "2010–2013", "Iurii Gusintcev"),
        ("mvd_782", "2000–2009", "Yuriy Gusintsev"),
        ("mvd_310", "1997–2010", "Yuriy Gusintsev"),
        ("mvd_310_short", "1997–2010", "Yury Gusintsev"),
        ("soviet_plain", "until 2001", "Iourii Gousintsev"),
        ("mvd_310_fr", "until 2001", "Iourii Gousintsev"),
        ("soviet", "until 2001", "Iourii Goussintsev"),
    ]


def test_passport_forms_are_of_cyrillic_names():
    assert passport_forms("Rima Toran") == ()
    assert passport_forms("توران") == ()
