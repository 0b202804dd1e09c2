"""The person record, and the files it is read from."""

from kinmatch.records.person import Person, Sex
from kinmatch.records.reading import Records, read
from kinmatch.records.tables import Line, Table, read_lines

__all__ = ["Line", "Person", "Records", "Sex", "Table", "read", "read_lines"]
