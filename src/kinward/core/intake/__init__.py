"""Taking in photographs and files from outside: looked at apart, redrawn or refused in words.

Nothing here imports Django, so that the child process that opens a file knows of no database.
"""

from kinward.core.intake.apart import take_file, take_page, take_photo, take_table
from kinward.core.intake.pages import Page
from kinward.core.intake.refusals import Refused, Taken, Why
from kinward.core.intake.tables import BrokenRow, Row, rows_of_text

__all__ = [
    "BrokenRow",
    "Page",
    "Refused",
    "Row",
    "Taken",
    "Why",
    "rows_of_text",
    "take_file",
    "take_page",
    "take_photo",
    "take_table",
]
