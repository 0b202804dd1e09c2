"""What no text of Kinward says of a child, as data and rules on plain text. Imports no Django.

Gate G9: no list, label, field or export expresses association. Beside it stands what is never kept
at all, whoever says it: genetic profiles and templates of faces.
"""

from kinward.core.vocabulary.labels import Found, Kind, find, find_in_name
from kinward.core.vocabulary.profiles import never_kept

__all__ = ["Found", "Kind", "find", "find_in_name", "never_kept"]
