"""The second wall: which rows there are for whoever acts, as PostgreSQL itself decides it.

The first wall are the conditions the application asks with (`policy.visible`). Should one be
forgotten, a policy of each table leaves out what the role of whoever acts never reaches. Policies
are generated from the one table of rules and from what the models say of themselves; `migrate`
installs them, `kinward rows` grants a role of its own what the application needs, and a system
check compares what is there with what should be. SQLite has no such thing.
"""

from kinward.access.rows.granting import grant
from kinward.access.rows.installing import check, install, refuse_unwalled
from kinward.access.rows.passages import Passage, passage, told_of

__all__ = ["Passage", "check", "grant", "install", "passage", "refuse_unwalled", "told_of"]
