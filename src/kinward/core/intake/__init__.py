"""Taking in photographs and files from outside: looked at apart, redrawn or refused in words.

Nothing here imports Django, so that the child process that opens a file knows of no database.
"""

from kinward.core.intake.apart import take_file, take_photo
from kinward.core.intake.refusals import Refused, Taken, Why

__all__ = ["Refused", "Taken", "Why", "take_file", "take_photo"]
