"""The person record, and the files it is read from."""

from kinmatch.records.person import Person, Sex
from kinmatch.records.reading import COLUMNS, Records, person_of, read
from kinmatch.records.tables import Line, Table, read_lines

__all__ = [
    "COLUMNS",
    "Line",
    "Person",
    "Records",
    "Sex",
    "Table",
    "person_of",
    "read",
    "read_lines",
]
