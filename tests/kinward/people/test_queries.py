from __future__ import annotations

import pytest

from kinward.access.models import Compartment, Role
from kinward.audit.actions import record_reads
from kinward.people import actions, queries
from kinward.people.naming import romanise, script_of
from kinward.people.properties import PROPERTIES

SEE_ALL_CHILDREN = {
    Role.TRACING_OFFICER,
    Role.SECOND_REVIEWER,
    Role.PROGRAMME_MANAGER,
    Role.OPERATION_LEAD,  # by reference, and how they travel
}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_children_of_any_region_are_seen_by_few(make_child, make_user, role):
    child = make_child(region="IQ-BG")

    seen = queries.children(user=make_user(role=role, region="RU-DA"))

    assert list(seen) == ([child] if role in SEE_ALL_CHILDREN else [])


def test_registrar_sees_the_children_of_the_own_region(make_child, make_user):
    here, _ = make_child(region="IQ-BG"), make_child(region="IQ-NI")

    assert list(queries.children(user=make_user(role=Role.REGISTRAR, region="IQ-BG"))) == [here]


def test_registrar_without_a_region_sees_the_own_children_only(make_child, make_user):
    amira = make_user(role=Role.REGISTRAR, region="")
    own, _ = make_child(by=amira), make_child(region="")

    assert list(queries.children(user=amira)) == [own]


def test_children_do_not_include_who_is_sought(make_child, make_request, make_user):
    child = make_child()
    make_request()

    officer = make_user(role=Role.TRACING_OFFICER)

    assert list(queries.children(user=officer)) == [child]
    assert queries.people(user=officer).count() == 3


def test_enquiry_worker_sees_who_is_sought_in_the_own_region(make_child, make_request, make_user):
    make_child(region="RU-DA")
    request = make_request(region="RU-DA")
    make_request(region="RU-CE")
    worker = make_user(role=Role.ENQUIRY_WORKER, region="RU-DA")

    seen = set(queries.people(user=worker))

    assert seen == {request.enquirer, request.sought.get().person}


def test_closed_account_sees_nobody(make_child, make_user):
    make_child()
    officer = make_user(role=Role.TRACING_OFFICER, is_active=False)

    assert list(queries.people(user=officer)) == []


def test_group_shows_the_others_found_together(make_child, make_user, say, at):
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    said = [[say("name", text=name)] for name in ("رسلان", "زائرة")]
    first, second = actions.register_group(children=said, by=registrar, at=at)
    alone = make_child(by=registrar)

    assert list(queries.siblings_found_with(first, user=registrar)) == [second]
    assert list(queries.siblings_found_with(alone, user=registrar)) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.REGISTRAR, {"name", "mother", "found_at", "mark"}),
        (Role.TRACING_OFFICER, {"name", "mother", "mark"}),
        (Role.ENQUIRY_WORKER, set()),
        (Role.PROGRAMME_MANAGER, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_profile_holds_only_what_its_reader_may_read(make_child, make_user, say, role, expected):
    child = make_child(
        "رسلان",
        statements=[
            say("mother", text="Патимат"),
            say("found_at", text="hospital"),
            say("mark", text="scar"),
        ],
    )

    facts = queries.profiles([child], user=make_user(role=role, region="IQ-BG"))[child.pk]

    assert set(facts) == expected


def test_profiles_cost_one_query_however_many(make_child, make_user, django_assert_num_queries):
    children = [make_child() for _ in range(30)]
    officer = make_user(role=Role.TRACING_OFFICER)

    for few in (children[:1], children):
        with django_assert_num_queries(1):
            profiles = queries.profiles(few, user=officer)
            names = [queries.names_of(profiles[child.pk]) for child in few]
        assert names == [("رسلان",)] * len(few)


def test_lists_cost_one_query_however_many(make_child, make_user, django_assert_num_queries):
    officer = make_user(role=Role.TRACING_OFFICER)
    for more in (1, 29):
        for _ in range(more):
            make_child()
        with django_assert_num_queries(1):
            shown = [
                (child.reference, child.registered_by.username, child.group)
                for child in queries.children(user=officer)
            ]
    assert len(shown) == 30


def test_names_of_somebody_without_a_name_are_none():
    assert queries.names_of({}) == ()


@pytest.mark.parametrize(
    ("role", "count"),
    [
        (Role.TRACING_OFFICER, 3),
        (Role.REGISTRAR, 3),
        (Role.AUDITOR, 3),
        (Role.PROGRAMME_MANAGER, 0),
        (Role.ADMINISTRATOR, 0),
    ],
)
def test_history_is_shown_to_those_who_read_the_record_or_the_log(
    make_child, make_user, at, role, count
):
    child, other = make_child(), make_child()
    record_reads("people.read", [child, other], by=make_user("zaur"), at=at)

    assert queries.history(child, user=make_user(role=role, region="IQ-BG")).count() == count


def test_romanised_name_can_be_read_by_those_who_read_latin():
    assert romanise("Руслан").casefold() == "ruslan"


def test_script_of_a_name_is_told():
    assert (script_of("رسلان"), script_of("Руслан")) == ("arabic", "cyrillic")


def test_evidence_is_never_matched_on():
    evidence = [kind for kind in PROPERTIES.values() if kind.compartment == Compartment.EVIDENCE]

    assert evidence
    assert [kind.id for kind in evidence if kind.matched_as] == []


def test_every_property_is_kept_in_a_compartment_open_to_its_registrar():
    assert {kind.compartment for kind in PROPERTIES.values()} == {
        Compartment.IDENTITY,
        Compartment.FAMILY,
        Compartment.LOCATION,
        Compartment.EVIDENCE,
    }
