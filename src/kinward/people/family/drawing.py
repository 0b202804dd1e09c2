"""The picture of a family, drawn by the server; its table stands beside it in the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _

from kinward.core import wording
from kinward.core.charts.canvas import Canvas
from kinward.people.family.layout import WIDTH, Node, Ties, lay_out
from kinward.people.family.members import Mark, Tie
from kinward.people.family.words import MARKS, TIES
from kinward.people.naming import romanise
from kinward.people.relations import RELATIONS, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from kinward.people.family.layout import Layout
    from kinward.people.family.members import Family, Member

WIDE: Final = 5  # columns on a screen of a desk
NARROW: Final = 2  # columns on a telephone, where they are as wide as it is
LINE: Final = 18.0
INSET: Final = 10.0
SIGNS: Final = {
    "kw-tree__name": 18,
    "kw-tree__mark": 18,
}  # that fit into a box, as wide as they usually are
SMALL_SIGNS: Final = 20
NAME_LINES: Final = 2
SAMPLE: Final = 34.0  # length of a line in the key
KEY_ROW: Final = 22.0


class Drawn(NamedTuple):
    """The same family for a wide screen and for a telephone; the style sheet shows one."""

    wide: SafeString
    narrow: SafeString


class Words(NamedTuple):
    """What stands in a box, line by line, each with its look."""

    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        """Return how tall the box is."""
        return LINE * len(self.lines) + INSET


def pictures(family: Family) -> Drawn:
    """Draw a family in the language in use."""
    words = {member.id: words_of(member) for member in family.members}
    standing = sorted(family.members, key=place_among)
    nodes = [
        Node(each.id, each.generation, side_of(each), words[each.id].height) for each in standing
    ]
    ties = [Ties(each.parents, each.children) for each in family.unions]
    wide, narrow = (
        draw(family, lay_out(nodes, ties, columns=columns), words, name=name)
        for columns, name in ((WIDE, "family-wide"), (NARROW, "family-narrow"))
    )
    return Drawn(wide, narrow)


def place_among(member: Member) -> float:
    """Return where somebody stands beside others: as relations do, the person before siblings."""
    order = list(RELATIONS)
    return order.index(member.relation.id) if member.relation else order.index("sibling") - 0.5


def side_of(member: Member) -> int:
    """Return on which side of the picture somebody stands: the father's is where reading starts."""
    if member.relation is None or member.relation.side == Side.OWN:
        return 0
    return -1 if member.relation.side == Side.FATHER else 1


def draw(family: Family, placed: Layout, words: Mapping[int, Words], *, name: str) -> SafeString:
    """Draw what was laid out, and beneath it what its lines mean."""
    canvas = Canvas(placed.width, mirrored=wording.reads_right_to_left())
    for route in placed.routes:
        canvas.path(route.points, look=look_of(family.unions[route.tie].tie))
    for box in placed.boxes:
        member = family.members[box.id]
        canvas.box(box.x, box.y, WIDTH, box.height, look=box_look(member))
        for number, (text, look) in enumerate(words[member.id].lines, 1):
            canvas.text(box.x + WIDTH / 2, box.y + LINE * number, text, anchor="middle", look=look)
    y = placed.height
    for tie in (tie for tie in Tie if any(union.tie == tie for union in family.unions)):
        y += KEY_ROW
        canvas.path(((INSET, y - 5), (INSET + SAMPLE, y - 5)), look=look_of(tie))
        canvas.text(2 * INSET + SAMPLE, y, str(TIES[tie]), look="kw-chart__muted")
    return canvas.figure(
        name,
        y + INSET,
        title=_("The family"),
        description=_("Everyone in the picture stands in the table as well."),
        own_size=True,
    )


def look_of(tie: Tie) -> str:
    """Return the style of a line."""
    return f"kw-tree__line kw-tree__line--{tie}"


def box_look(member: Member) -> str:
    """Return the style of a box."""
    if member.relation is None:
        return "kw-tree__box kw-tree__box--self"
    if Mark.NO_CONTACT in member.marks or Mark.CONTRADICTED in member.marks:
        return "kw-tree__box kw-tree__box--amber"
    gone = {Mark.DEAD, Mark.MISSING} & {*member.marks}
    return f"kw-tree__box kw-tree__box--{'gone' if gone else member.relation.side}"


def words_of(member: Member) -> Words:
    """Return what stands in a box: the relation, the name with its reading, what is marked."""
    relation = str(member.relation.label) if member.relation else _("the person of this record")
    name = member.names[0] if member.names else ""
    read = romanise(name) if name and not name.isascii() else ""
    told = [
        (relation, "kw-chart__muted"),
        (name or _("no name known"), "kw-tree__name"),
        (read, "kw-chart__muted"),
        *((str(MARKS[mark]), "kw-tree__mark") for mark in member.marks),
    ]
    return Words(
        tuple(
            (line, look)
            for text, look in told
            for line in folded_lines(text, SIGNS.get(look, SMALL_SIGNS))
        )
    )


def folded_lines(text: str, signs: int) -> list[str]:
    """Return a text in as many lines as a box has; what is too long ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= signs:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = lines[:NAME_LINES]
    if len(lines) > NAME_LINES:
        cut[-1] = f"{cut[-1]} …"
    return [line if len(line) <= signs + 2 else f"{line[:signs]}…" for line in cut]
