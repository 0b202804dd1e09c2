"""The collective stage: whole families matched at once, without labels, and explained.

A child's brothers and sisters are evidence about the child: where three of a group of four clearly
are the children a grandmother asks for, the fourth very likely is too, however badly its name was
heard. The stage starts from pairs scored one by one and goes on in closed form:

1. `groups`    who was found, and who is asked for, together
2. `pairing`   candidate family pairs, and every pair of their members (collective blocking)
3. `evidence`  what the other members say about two families being one, L(−i, −j)
4. `messages`  who is left to be whom once everyone else has been accounted for
5. `assign`    one to one, so that the whole fits best

Of long lists the found groups are matched some at a time (`parts`). What step 3
says is also written as SQL (`sql`), for DuckDB and Spark; nothing here runs it but the test that
holds it to this one.
"""

from kinmatch.families.collective import Collective, Matched, match
from kinmatch.families.groups import Groups
from kinmatch.families.parts import in_parts
from kinmatch.families.reasons import NEARLY, Account, Accounts, Aligned, Relative, bits_of

__all__ = [
    "NEARLY",
    "Account",
    "Accounts",
    "Aligned",
    "Collective",
    "Groups",
    "Matched",
    "Relative",
    "bits_of",
    "in_parts",
    "match",
]
