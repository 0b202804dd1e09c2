"""Names in readable Cyrillic letters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import cyrillise

LATIN_LETTER = re.compile(r"[a-zA-Z]")
ARABIC_LETTER = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("محمد", "Мухаммад"),
        ("عبد الرحمن", "Абд ар-Рахман"),
        ("عبد الله بن عمر", "Абд Аллах ибн Умар"),
        ("أبو بكر الشيشاني", "Абу Бакр аш-Шишани"),
        ("فاطمة الزهراء", "Фатима аз-Захра"),
        ("نور الدين", "Нур ад-Дин"),
        ("نور الهدى", "Нур аль-Худа"),
        ("الجبوري", "аль-Джубури"),
        ("الثاني", "ат-Тани"),
        ("عبدالسلام", "Абдуссалам"),
        ("عبدالحميد", "Абдулхамид"),
        ("جمالالدين", "Джамалуддин"),
        ("كمالالدين", "Камалуддин"),
        ("أحمدوف", "Ахмадов"),
        ("موسايف", "Мусаев"),
        ("إبراهيموفا", "Ибрахимова"),
        ("توران بيطار", "Туран Битар"),
        ("مُصْعَب", "Мусаб"),
        ("ترانه", "Трана"),
        ("ڕێزان", "Резан"),
        ("محمد-علي", "Мухаммад-Али"),
    ],
)
def test_cyrillise_writes_arabic_as_russian_does(written, cyrillic):
    assert cyrillise(written) == cyrillic


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("Muhammad", "Мухаммад"),
        ("Mohammed Tawfiq", "Мохаммед Тауфик"),
        ("Abd al-Rahman", "Абд ар-Рахман"),
        ("AL-SHISHANI", "Аш-Шишани"),
        ("al-Baghdadi el-Toran", "аль-Багдади эт-Торан"),
        ("el-Bitar", "эль-Битар"),
        ("Yahya Yousuf", "Яхья Юсуф"),
        ("Fatimah Safiyya", "Фатима Сафия"),
        ("Yevloyev Aleksey", "Евлоев Алексей"),
        ("Shcheglova Khadizhat", "Щеглова Хадижат"),
        ("Özgür Yıldız", "Озгюр Йылдыз"),
        ("Əli Çelik", "Али Челик"),
        ("Hājar Đurić", "Хаджар Джурич"),
        ("Emir Toran'", "Эмир Торан"),
        ("Omary Byulent", "Омари Бьюлент"),
        ("rima toran", "рима торан"),
    ],
)
def test_cyrillise_writes_latin_as_it_sounds(written, cyrillic):
    assert cyrillise(written) == cyrillic


@pytest.mark.parametrize("written", ["Руслан Магомедов-Алиев", "Гӏайрбеков", "王", ""])
def test_cyrillise_leaves_other_scripts_as_they_are(written):
    assert cyrillise(written) == written


@given(st.text("abcdefghijklmnopqrstuvwxyzÇçŞşĞğİıÖöÜüƏə -'", max_size=30))
def test_cyrillise_leaves_no_latin_letter(name):
    assert not LATIN_LETTER.search(cyrillise(name))


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئءپچگژکی -", max_size=30))
def test_cyrillise_leaves_no_arabic_letter(name):
    assert not ARABIC_LETTER.search(cyrillise(name))


@given(st.text())
def test_cyrillise_takes_any_text_and_keeps_cyrillic(name):
    cyrillic = cyrillise(f"Рима {name}")

    assert cyrillic.startswith("Рима")
