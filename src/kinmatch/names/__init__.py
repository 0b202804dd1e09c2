"""Written names, compared across Arabic, Cyrillic and Latin script.

parse("Магомедов Руслан Ахмедович")     which word is whose name
romanise("رسلان ماغوميدوف")              readable Latin for reviewers
cyrillise("عبد الرحمن")                  readable Cyrillic for reviewers
machine_readable("جمال عبد الناصر")      the zone of a passport, as ICAO Doc 9303-3 has it
passport_forms("Юлия Щеглова")           as passports of Russia have spelled it, year by year
compare("Ruslan Magomedov", "رسلان محمدوف").bits
search(names, queries, top=10)          ranked, the same every time
neighbours(keys, near=0.8)              which keys sound alike, for joins
"""

from kinmatch.names.alignment import NameComparison, Pair, compare, score_names
from kinmatch.names.cyrillisation import cyrillise
from kinmatch.names.documents import DocumentForm, Language, machine_readable, passport_forms
from kinmatch.names.index import Hit, Index, search
from kinmatch.names.neighbours import neighbours
from kinmatch.names.parts import Name, Part, Role
from kinmatch.names.patronymics import patronymic
from kinmatch.names.reading import parse
from kinmatch.names.romanisation import plain_key, romanise
from kinmatch.names.schemes import Scheme, schemes, transliterate
from kinmatch.names.scripts import Script, script_of
from kinmatch.names.sounds import sound_bits

__all__ = [
    "DocumentForm",
    "Hit",
    "Index",
    "Language",
    "Name",
    "NameComparison",
    "Pair",
    "Part",
    "Role",
    "Scheme",
    "Script",
    "compare",
    "cyrillise",
    "machine_readable",
    "neighbours",
    "parse",
    "passport_forms",
    "patronymic",
    "plain_key",
    "romanise",
    "schemes",
    "score_names",
    "script_of",
    "search",
    "sound_bits",
    "transliterate",
]
