from __future__ import annotations

import pytest

from kinward.access.models import Compartment, Purpose, Role, Way
from kinward.access.rules import (
    TABLE,
    Permission,
    compartments_of,
    grants,
    purposes_of,
    rules_of,
    ways_of,
)

# Written by hand, so that a change of the table in rules/table.py is noticed here.
OF_A_REVIEWER = (
    "people.see_children tracing.see_requests people.add_statement people.record_consent"
    " casework.set_tasks"
    " people.search tracing.see_candidates"
    " tracing.find_candidates tracing.review_candidate tracing.undo_judgement tracing.see_counts"
    " tracing.resolve_claims tracing.merge_records tracing.verify tracing.interview"
    " tracing.export audit.read_record_log access.see_approvals"
)
EXPECTED = {
    "registrar": "field.use_device"
    " people.register_child people.see_children people.add_statement"
    " tracing.interview"
    " people.record_consent people.search people.refer_child people.break_glass tracing.trace"
    " tracing.see_counts audit.read_record_log casework.set_tasks people.make_documents"
    " access.answer_referral access.see_approvals places.name_place",
    "enquiry_worker": "field.use_device"
    " tracing.take_request tracing.see_requests people.add_statement"
    " tracing.interview"
    " people.record_consent people.search tracing.trace casework.set_tasks"
    " tracing.see_counts audit.read_record_log access.see_approvals places.name_place",
    "tracing_officer": f"{OF_A_REVIEWER} tracing.reveal tracing.trace tracing.recommend"
    " places.name_place",
    "second_reviewer": OF_A_REVIEWER,
    "case_worker": "field.use_device"
    " people.see_children people.add_statement people.record_consent people.search"
    " casework.take_step casework.set_tasks casework.see_board casework.see_due"
    " legal.record_papers legal.assess"
    " placement.place_child placement.ask_region placement.see"
    " audit.read_record_log access.see_approvals people.make_documents people.see_letters",
    "panel_member": "people.see_children people.make_documents casework.take_step"
    " legal.sit_on_panel casework.see_due",
    "legal_officer": "people.see_children people.make_documents casework.take_step"
    " legal.record_papers audit.read_record_log casework.see_due",
    "operation_lead": "people.see_children casework.take_step operations.see operations.see_all"
    " operations.plan"
    " operations.read_manifest operations.sign_manifest operations.agree_to_receiver"
    " operations.hand_over operations.lead casework.see_due",
    "escort": "field.use_device"
    " operations.see operations.escort operations.read_manifest operations.sign_manifest"
    " operations.count operations.hand_over",
    "medic": "people.see_children casework.take_step casework.see_due health.treat",
    "guardianship_officer": "field.use_device"
    " people.see_children casework.take_step casework.see_board"
    " casework.see_due placement.place_child placement.see audit.read_record_log",
    "programme_manager": "field.manage_devices field.allow_more exchange.leave"
    " people.see_children tracing.see_requests tracing.see_counts"
    " people.break_glass access.assign access.see_notices access.see_approvals"
    " people.erase_person people.see_erasures casework.set_tasks casework.see_board"
    " casework.see_due figures.see"
    " tracing.export operations.see operations.see_all operations.agree_to_receiver placement.see"
    " people.see_letters figures.see_programme figures.see_small",
    "figures_editor": "figures.see figures.code_claim figures.check_claim figures.see_programme"
    " figures.release figures.agree_release",
    "second_editor": "figures.see figures.check_claim figures.agree_release",
    "data_protection_officer": "audit.read_log access.review_break_glass access.see_notices"
    " access.see_approvals people.erase_person people.hold_erasure people.see_erasures"
    " people.see_letters",
    "auditor": "audit.read_log people.see_erasures",
    "administrator": "field.manage_devices"
    " access.manage_accounts access.see_approvals core.see_health",
    "clock": "tracing.find_candidates access.rotate_keys people.erase_person",
}
# What records come to a role, in which ways, and which compartments they open.
OPENED = {
    "registrar": ("own region assigned referred", "public identity family location evidence"),
    "enquiry_worker": ("own region assigned referred", "public identity family location"),
    "tracing_officer": ("everywhere", "public identity family evidence"),
    "second_reviewer": ("everywhere", "public identity family evidence"),
    "case_worker": (
        "own region assigned referred",
        "public identity family location legal movement",
    ),
    "panel_member": ("assigned", "public identity family legal"),
    "legal_officer": ("own region assigned referred", "public identity family legal"),
    "operation_lead": ("everywhere", "public movement"),
    "guardianship_officer": ("expected assigned", "public identity family location"),
    "medic": ("assigned referred", "public identity movement health"),
    "programme_manager": ("everywhere", "public"),
    "clock": ("everywhere", "public identity family location"),
}
PURPOSES = {
    "registrar": "registration tracing protection",
    "enquiry_worker": "tracing",
    "tracing_officer": "tracing verification",
    "second_reviewer": "tracing verification",
    "case_worker": "protection tracing",
    "panel_member": "protection tracing",
    "legal_officer": "protection tracing",
    "operation_lead": "protection management",
    "escort": "protection",
    "guardianship_officer": "protection tracing",
    "medic": "protection tracing",
    "programme_manager": "management protection",
    "data_protection_officer": "oversight",
    "auditor": "oversight",
    "clock": "tracing",
}
EMERGENCIES = {"registrar", "programme_manager"}


@pytest.mark.parametrize("role", list(Role))
def test_role_grants_exactly_what_is_expected(role):
    granted = {str(permission) for permission in Permission if grants(role, permission)}

    assert granted == set(EXPECTED[role].split())


@pytest.mark.parametrize("role", list(Role))
def test_role_reaches_and_opens_exactly_what_is_expected(role):
    ways, compartments = OPENED.get(role, ("", ""))
    in_emergencies = {"break_glass"} if role in EMERGENCIES else set()

    assert {str(way) for way in ways_of(role)} == set(ways.split()) | in_emergencies
    assert {str(each) for each in compartments_of(role)} == set(compartments.split())


@pytest.mark.parametrize("role", list(Role))
def test_role_reads_for_exactly_the_purposes_expected(role):
    assert [str(purpose) for purpose in purposes_of(role)] == PURPOSES.get(role, "").split()


def test_emergency_lets_read_who_the_child_is_and_nothing_be_done():
    for role in EMERGENCIES:
        rules = [rule for rule in TABLE[Role(role)] if Way.BREAK_GLASS in rule.ways]
        (only,) = rules
        assert only.permissions == {Permission.SEE_CHILDREN}
        assert {str(each) for each in only.compartments} == {
            "public",
            "identity",
            "family",
            "location",
        }
        assert only.ways == {Way.BREAK_GLASS}
        assert Purpose.PROTECTION in purposes_of(role)


def test_every_permission_is_granted_to_somebody():
    granted = (rule.permissions for rules in TABLE.values() for rule in rules)

    assert set().union(*granted) == set(Permission)


def test_unknown_permission_and_unknown_role_are_granted_nothing():
    assert not any(grants(role, "people.read_minds") for role in Role)
    assert rules_of("king", "people.see_children") == ()
    assert purposes_of("king") == ()


def test_those_who_keep_accounts_or_the_log_open_no_file():
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER):
        assert ways_of(role) == frozenset()
        assert compartments_of(role) == frozenset()


def test_sealed_compartment_is_open_to_nobody_yet():
    opened = set().union(*(rule.compartments for rules in TABLE.values() for rule in rules))

    assert Compartment.STAFF not in opened


def test_health_is_open_to_medics_alone_and_in_no_emergency():
    openers = {
        (str(role), way)
        for role, rules in TABLE.items()
        for rule in rules
        for way in rule.ways
        if Compartment.HEALTH in rule.compartments
    }

    assert openers == {("medic", Way.ASSIGNED), ("medic", Way.REFERRED)}
    assert [str(role) for role in TABLE if grants(role, Permission.TREAT)] == ["medic"]


@pytest.mark.parametrize(
    ("compartment", "expected"),
    [
        (Compartment.LEGAL, {"case_worker", "legal_officer", "panel_member"}),
        (Compartment.MOVEMENT, {"case_worker", "operation_lead", "medic"}),
    ],
)
def test_what_courts_decide_and_how_a_child_travels_is_open_to_few(compartment, expected):
    openers = {
        str(role)
        for role, rules in TABLE.items()
        for rule in rules
        if compartment in rule.compartments
    }

    assert openers == expected
