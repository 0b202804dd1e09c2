from __future__ import annotations

import pytest

from kinward.access.models import Compartment, Role
from kinward.access.rules import (
    ROLE_COMPARTMENTS,
    ROLE_PERMISSIONS,
    ROLE_SCOPES,
    Permission,
    Scope,
    compartments_of,
    grants,
    scope_of,
)

# Written by hand, so that a change of the table in rules.py is noticed here.
EXPECTED = {
    "registrar": "people.register_child people.see_children people.add_statement"
    " people.record_consent people.search"
    " tracing.see_counts audit.read_record_log",
    "enquiry_worker": "tracing.take_request tracing.see_requests people.add_statement"
    " people.record_consent people.search"
    " tracing.see_counts audit.read_record_log",
    "tracing_officer": "people.see_children tracing.see_requests people.add_statement"
    " people.record_consent people.search"
    " tracing.see_candidates tracing.find_candidates tracing.review_candidate"
    " tracing.undo_judgement tracing.reveal tracing.see_counts audit.read_record_log",
    "second_reviewer": "people.see_children tracing.see_requests people.add_statement"
    " people.record_consent people.search"
    " tracing.see_candidates tracing.find_candidates tracing.review_candidate"
    " tracing.undo_judgement tracing.see_counts audit.read_record_log",
    "case_worker": "",
    "panel_member": "",
    "legal_officer": "",
    "operation_lead": "",
    "escort": "",
    "medic": "",
    "guardianship_officer": "",
    "programme_manager": "people.see_children tracing.see_requests tracing.see_counts",
    "figures_editor": "",
    "second_editor": "",
    "data_protection_officer": "audit.read_log",
    "auditor": "audit.read_log",
    "administrator": "access.manage_accounts",
    "clock": "tracing.find_candidates",
}


@pytest.mark.parametrize("role", list(Role))
def test_role_grants_exactly_what_is_expected(role):
    granted = {str(permission) for permission in Permission if grants(role, permission)}

    assert granted == set(EXPECTED[role].split())


def test_every_permission_is_granted_to_somebody():
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_unknown_permission_is_granted_to_nobody():
    assert not any(grants(role, "people.read_minds") for role in Role)


def test_roles_without_an_entry_reach_nothing_and_open_nothing():
    left_out = [role for role in Role if role not in ROLE_SCOPES]

    assert left_out
    assert {scope_of(role) for role in left_out} == {Scope.NOTHING}
    assert {compartments_of(role) for role in left_out} == {frozenset()}


def test_those_who_keep_accounts_or_the_log_open_no_file():
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER):
        assert scope_of(role) == Scope.NOTHING
        assert compartments_of(role) == frozenset()


def test_sealed_compartments_are_open_to_nobody_yet():
    opened = set().union(*ROLE_COMPARTMENTS.values())

    assert opened & {Compartment.HEALTH, Compartment.LEGAL, Compartment.STAFF} == set()
