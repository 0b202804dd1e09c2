from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from kinward.people.family import Mark, Tie, Union, family
from kinward.people.models import Answer, Assertion, Kind, Person
from kinward.people.relations import RELATIONS
from kinward.people.rules import profile

NAMES = st.sampled_from(["", "Аминат", "عمر", "Umar", "umar "])
VALUES = st.fixed_dictionaries(
    {"relation": st.sampled_from(list(RELATIONS))},
    optional={"text": NAMES, "parent": NAMES, "life": st.sampled_from(["alive", "dead"])},
)


def told(*values):
    """What stands about somebody of whom these relatives were told."""
    said = [("relative", value) for value in values]
    return profile(
        Assertion(id=uuid4(), property=kind, answer=Answer.KNOWN, value=value)
        for kind, value in said
    )


def kin(relation, name="", **more):
    return {"relation": relation} | ({"text": name} if name else {}) | more


def of(found, relation):
    return [each for each in found.members if each.relation and each.relation.id == relation]


def only(found, relation):
    (member,) = of(found, relation)
    return member


def unions(found, tie):
    return [(each.parents, each.children) for each in found.unions if each.tie == tie]


def test_nothing_told_is_a_person_with_two_parents_of_whom_nothing_is_known():
    found = family({})

    assert [each.relation.id if each.relation else "" for each in found.members] == [
        "",
        "father",
        "mother",
    ]
    assert found.unions == (Union(parents=(1, 2), children=(0,), tie=Tie.BIRTH),)


def test_names_of_parents_and_siblings_are_the_same_people_as_told_at_length():
    facts = profile(
        Assertion(id=uuid4(), property=kind, answer=Answer.KNOWN, value=value)
        for kind, value in [
            ("name", {"text": "رسلان"}),
            ("mother", {"text": "Заира"}),
            ("sibling", {"text": "Мариам"}),
            ("relative", kin("mother", "زايرة", life="alive")),
            ("relative", kin("sibling", "мариам", sex="female")),
        ]
    )

    found = family(facts)

    assert found.members[0].names == ("رسلان",)
    assert only(found, "mother").names == ("Заира", "زايرة")
    assert only(found, "sibling").names == ("Мариам",)
    assert only(found, "sibling").told("sex") == ("female",)
    assert len(only(found, "mother").statements) == 2


def test_relatives_without_a_name_are_each_somebody():
    found = family(told(kin("cousin_of_mother"), kin("cousin_of_mother", life="dead")))

    assert len(of(found, "cousin_of_mother")) == 2


def test_half_siblings_hang_on_the_wife_who_was_named():
    found = family(
        told(
            kin("wife_of_father", "أم عمر"),
            kin("wife_of_father", "أم سعد"),
            kin("half_of_father", "عمر", parent="أم عمر"),
            kin("half_of_father", "ليلى"),
        )
    )
    father, (first, second) = only(found, "father"), of(found, "wife_of_father")
    omar, layla = of(found, "half_of_father")

    assert unions(found, Tie.MARRIAGE) == [
        ((father.id, first.id), (omar.id,)),
        ((father.id, second.id), ()),
    ]
    assert ((father.id,), (layla.id,)) in unions(found, Tie.BIRTH)


def test_a_wifes_child_hangs_on_her_alone():
    found = family(told(kin("wife_of_father", "أم عمر"), kin("step_of_father", "يوسف")))

    mother, child = only(found, "wife_of_father"), only(found, "step_of_father")
    assert ((mother.id,), (child.id,)) in unions(found, Tie.BIRTH)


def test_nobody_guesses_whose_a_step_child_is_among_two_wives():
    found = family(
        told(kin("wife_of_father", "A"), kin("wife_of_father", "B"), kin("step_of_father", "C"))
    )

    child = only(found, "step_of_father")
    assert [each for each in found.unions if child.id in each.children] == []


def test_milk_and_care_are_ties_of_their_own():
    found = family(
        told(kin("milk_mother", "A"), kin("milk_sibling", "B"), kin("foster_parent", "C"))
    )

    milk, sibling = only(found, "milk_mother"), only(found, "milk_sibling")
    assert unions(found, Tie.MILK) == [((milk.id,), (0, sibling.id))]
    assert unions(found, Tie.FOSTER) == [((only(found, "foster_parent").id,), (0,))]


def test_cousins_hang_on_the_aunt_who_was_named():
    found = family(
        told(
            kin("sibling_of_mother", "Алина"),
            kin("cousin_of_mother", "Расул", parent="алина"),
            kin("cousin_of_mother", "Саид"),
        )
    )

    aunt, (named, _) = only(found, "sibling_of_mother"), of(found, "cousin_of_mother")
    assert ((aunt.id,), (named.id,)) in unions(found, Tie.BIRTH)


def test_own_children_hang_on_the_only_husband_or_wife():
    one = family(told(kin("spouse", "A"), kin("own_child", "B")))
    two = family(told(kin("spouse", "A"), kin("spouse", "B"), kin("own_child", "C")))

    assert ((0, only(one, "spouse").id), (only(one, "own_child").id,)) in unions(one, Tie.MARRIAGE)
    assert ((0,), (only(two, "own_child").id,)) in unions(two, Tie.BIRTH)


def test_marks_say_what_must_not_be_overlooked():
    sister = Person(kind=Kind.CHILD, reference="C-1")
    sought = Person(kind=Kind.SOUGHT, reference="S-1")
    found = family(
        told(
            kin("father", life="dead", held="yes"),
            kin("father", life="alive"),
            kin("mother", life="missing"),
            kin("sibling", "A", record="C-1"),
            kin("sibling", "B", record="S-1", agrees="no", why="fear"),
            kin("sibling", "D", record="C-unseen"),
            kin("mother_of_mother", "Патимат"),
        ),
        records={"C-1": sister, "S-1": sought},
        stopped=["патимат"],
    )

    assert only(found, "father").marks == (Mark.DEAD, Mark.HELD, Mark.CONTRADICTED)
    assert only(found, "mother").marks == (Mark.MISSING,)
    assert [each.marks for each in of(found, "sibling")] == [
        (Mark.ON_RECORD,),
        (Mark.NO_CONTACT, Mark.SOUGHT),
        (),
    ]
    assert [each.record for each in of(found, "sibling")] == [sister, sought, None]
    assert of(found, "sibling")[1].reasons == ("fear",)
    assert only(found, "mother_of_mother").marks == (Mark.NO_CONTACT,)


@given(st.lists(VALUES, max_size=15))
def test_every_statement_is_told_of_exactly_one_member_and_ties_join_generations(values):
    facts = told(*values)

    found = family(facts)

    statements = [one for member in found.members for one in member.statements]
    assert len(statements) == len(values) == len({one.pk for one in statements})
    assert [member.id for member in found.members] == [*range(len(found.members))]
    for union in found.unions:
        generations = {found.members[each].generation for each in union.parents}
        generations |= {found.members[each].generation + 1 for each in union.children}
        assert len(generations) == 1 or union.tie == Tie.UNTOLD
        assert len({*union.parents, *union.children}) == len(union.parents) + len(union.children)


@given(st.lists(VALUES, max_size=8))
def test_family_is_the_same_each_time(values):
    facts = told(*values)

    assert family(facts) == family(facts)
