"""Written names, compared across Arabic, Cyrillic and Latin script.

parse("Магомедов Руслан Ахмедович")     which word is whose name
romanise("رسلان ماغوميدوف")              readable Latin for reviewers
compare("Ruslan Magomedov", "رسلان محمدوف").score
search(names, queries, top=10)          ranked, the same every time
neighbours(keys, near=0.8)              which keys sound alike, for joins
"""

from kinmatch.names.alignment import NameComparison, Pair, compare, score_names
from kinmatch.names.neighbours import neighbours
from kinmatch.names.parts import Name, Part, Role
from kinmatch.names.patronymics import patronymic
from kinmatch.names.ranking import Hit, search
from kinmatch.names.reading import parse
from kinmatch.names.romanisation import romanise
from kinmatch.names.scripts import Script, script_of
from kinmatch.names.sounds import token_similarity

__all__ = [
    "Hit",
    "Name",
    "NameComparison",
    "Pair",
    "Part",
    "Role",
    "Script",
    "compare",
    "neighbours",
    "parse",
    "patronymic",
    "romanise",
    "score_names",
    "script_of",
    "search",
    "token_similarity",
]
