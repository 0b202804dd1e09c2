"""What the register of figures shows: sources, claims, and what they come to."""

from kinward.figures.queries.reading import known_places
from kinward.figures.queries.register import (
    Group,
    Shown,
    Told,
    as_plain,
    claim_of,
    claims_of,
    groups,
    history_of,
    inbox,
    link_of,
    links_of,
    newest,
    shown,
    source_of,
    sources,
)
from kinward.figures.queries.sentences import counted, sentence, written

__all__ = [
    "Group",
    "Shown",
    "Told",
    "as_plain",
    "claim_of",
    "claims_of",
    "counted",
    "groups",
    "history_of",
    "inbox",
    "known_places",
    "link_of",
    "links_of",
    "newest",
    "sentence",
    "shown",
    "source_of",
    "sources",
    "written",
]
