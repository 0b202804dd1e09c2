"""The palochka of Chechen, Ingush and Avar names, and what people type for it.

The letter Ӏ (U+04C0, small ӏ U+04CF) is on few keyboards. A capital Latin or Ukrainian I, a small
L, the figure 1 and the bar stand for it: "ХӀусейн" is typed "ХIусейн", "Хlусейн", "Х1усейн",
"Х|усейн". No Latin scheme of passports has a letter for it; it is left out there.
"""

from __future__ import annotations

import re

PALOCHKA = "\u04c0"
WORD = re.compile(r"[\w|]+")
CYRILLIC = re.compile("[\u0400-\u04ff]")
SMALL_CYRILLIC = re.compile("[\u0430-\u045f]")
# Letters that a palochka changes the sound of: гӀ, кӀ, пӀ, тӀ, хӀ, цӀ, чӀ.
CHANGED = "кгптхцчКГПТХЦЧ"
BAR = re.compile(
    rf"^[l1|](?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])[l1|](?=[\u0400-\u04ff])|(?<=[{CHANGED}])[l1|]$"
)
# Маркіян and Тіия have the Ukrainian vowel.
AFTER_CONSONANT = re.compile(
    rf"(?<=[{CHANGED}ьЬ])[IiІі](?![иИ][аеєиіїоуюяАЕЄИІЇОУЮЯ])(?=[аеёиоуыэюАЕЁИОУЫЭЮ])"
)
CAPITAL_INSIDE = re.compile(r"(?<=\w)[IІ]")
# Іоанн and Іван begin with a vowel; Ӏела, Ӏали and Ӏумар do not.
AT_THE_START = re.compile(r"^[IІ](?=[аеиуАЕИУ])")


def with_palochka(text: str, *, i_is_a_vowel: bool = False) -> str:
    """Return a text with everything that was typed for a palochka as U+04C0.

    Only words with Cyrillic letters are changed. Where `i_is_a_vowel`, as in Ukrainian and
    Belarusian, a letter i is left as it is.
    """
    return WORD.sub(lambda word: in_word(word.group(), i_is_a_vowel=i_is_a_vowel), text)


def in_word(word: str, *, i_is_a_vowel: bool) -> str:
    """Return one word with its palochkas as U+04C0."""
    if not CYRILLIC.search(word):
        return word
    found = BAR.sub(PALOCHKA, word.replace("\u04cf", PALOCHKA))
    if i_is_a_vowel:
        return found
    found = AT_THE_START.sub(PALOCHKA, AFTER_CONSONANT.sub(PALOCHKA, found))
    # Nobody writes a capital vowel among small letters.
    return CAPITAL_INSIDE.sub(PALOCHKA, found) if SMALL_CYRILLIC.search(word) else found
