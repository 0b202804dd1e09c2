"""The second wall, asked in bare SQL, through Django's own connection, as who owns nothing."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reliability.faces import made

from kinward.access import policy, rows
from kinward.access.models import Role, User
from kinward.access.rows import Passage, passage, policies
from kinward.access.rows.installing import breaches, faults, is_held
from kinward.access.rows.policies import by_role
from kinward.access.rules import Permission
from kinward.audit.context import NOBODY, acting
from kinward.core.models import DataClass
from kinward.people.actions.describing import store
from kinward.people.models import Assertion, Person
from kinward.people.models import persons as models_of_persons

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif(
    "connections['default'].vendor != 'postgresql'", reason="SQLite has no row-level security"
)
APPLICATION = "kinward_tests"
# Tables with closely kept words that are no facts about children and their families: accounts, and
# what is asked and answered between them. Signing in reads some before anybody acts.
LEFT_OPEN = {
    "access.User",
    "access.Referral",
    "access.ReferralStep",
    "access.BreakGlass",
    "access.EmergencyReview",
    "access.Approval",
    "access.ApprovalStep",
    "access.Grant",
    "core.KeptAnswer",  # sealed whole
}
CLOSE = {DataClass.IDENTITY, DataClass.WHEREABOUTS, DataClass.INTIMATE, DataClass.EVIDENCE}


def asked(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@contextmanager
def become(role):
    """Speak to the database as another role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}" if role else "RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE" if role else f"SET ROLE {APPLICATION}")


def test_every_table_with_facts_about_people_is_walled():
    close = {
        model._meta.label
        for model in apps.get_models()
        if CLOSE & set(getattr(model, "classes", {}).values())
    }
    walled = {model._meta.label for model in policies.walled()}

    # Only what tells that somebody is on record, or is being written, asked about or looked at.
    on_record = {"people.Person", "people.Draft", "people.Mention", "people.KeptView"}
    on_record |= {"people.PrintoutMade"}
    of_journeys = {
        f"operations.{name}"
        for name in (
            *("Operation", "PlannedDay", "Leg", "Timetable", "Checkpoint", "Permit"),
            *("EscortEnd", "ReceiverNote", "Signature", "Disclosure", "PaperOut"),
            *("Band", "Count", "CountDone", "Closing", "Reconciled", "Amended"),
        )
    }
    # What stands beside a child in a closed room, or on a journey that only some may know of.
    beside = {"tracing.Verification", "tracing.Interview", "legal.Formality"} | of_journeys
    beside |= {"field.Conflict"}
    assert walled - close == on_record | beside
    assert close - walled == LEFT_OPEN


@ON_POSTGRESQL
@pytest.mark.usefixtures("without_triggers")
def test_rows_there_are_those_the_table_of_rules_opens():
    seen = {"asked": 0, "there": 0}

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(min_value=0, max_value=2**32))
    def check(seed):
        accounts, people, _given = made(Random(seed), at=timezone.now())  # noqa: S311 (draws made-up worlds)
        for account in accounts:
            may_know, may_read = opened_to(account)
            with become(APPLICATION), acting(account):
                there = {pk for (pk,) in asked("SELECT id FROM people_person")}
                said = set(asked("SELECT person_id, compartment FROM people_assertion"))
            assert there == may_know
            assert said == may_read
            seen["asked"] += len(people)
            seen["there"] += len(there)
        with become(APPLICATION), acting(NOBODY):
            assert asked("SELECT id FROM people_person") == []
        assert len(asked("SELECT id FROM people_person")) == len(people)  # as the owner

    check()

    assert 0.1 < seen["there"] / seen["asked"] < 0.9


def opened_to(account):
    """Whom the first wall lets an account know of, and what it lets it read by any operation."""
    known = set(Person.objects.visible_to(account).values_list("pk", flat=True))
    said = set()
    for operation in Permission:
        reached = policy.visible(Assertion.objects.all(), actor=account, operation=operation)
        said |= set(reached.filter(person__in=known).values_list("person_id", "compartment"))
    return known, said


def counted():
    """How many rows each walled table has for whoever acts."""
    tables = map(policies.table, policies.walled())
    return {table: asked(f"SELECT count(*) FROM {table}")[0][0] for table in tables}  # noqa: S608 (names of our tables)


@ON_POSTGRESQL
def test_nobody_reads_a_row(make_candidate, make_child, make_user):
    make_candidate(child=make_child())
    officer = make_user(role=Role.TRACING_OFFICER)

    with acting(officer):
        counts = counted()
    with acting(NOBODY):
        left = counted()

    assert counts["people_person"] == 3
    assert counts["tracing_candidate"] == 1
    assert left.keys() == counts.keys()
    assert set(left.values()) == {0}


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_next_transaction_of_the_connection_reads_nothing(make_child, make_user, request):
    child, officer = make_child(), make_user(role=Role.TRACING_OFFICER)
    request.getfixturevalue("nobody_acts")
    asked("SELECT set_config('kw.passage', '', false)")  # as a connection of an installation is

    with acting(officer), transaction.atomic():
        read = Person.objects.count()
    with transaction.atomic():
        next_read = Person.objects.count()
    outside = Person.objects.count()

    connections["default"].close()  # which the next test opens anew
    assert (read, next_read, outside) == (1, 0, 0)
    assert Person.objects.get() == child


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM people_assertion",
        "DELETE FROM tracing_judgement",
        "TRUNCATE people_person CASCADE",
        "UPDATE people_assertion SET compartment = 'public'",
        "UPDATE audit_event SET actor = 'somebody'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_link",
        "INSERT INTO audit_change (actor) VALUES ('somebody')",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_person DISABLE TRIGGER ALL",
        "DROP POLICY kw_reach ON people_person",
        "DROP TRIGGER kw_people_person_insert ON people_person",
        "CREATE TABLE copied AS SELECT * FROM people_person",
        "SET ROLE postgres",
    ],
)
def test_application_is_refused(sql, make_child):
    make_child()
    if sql.startswith("SET ROLE"):  # the tests came from a role that may; an installation has not
        assert asked("SELECT pg_has_role(%s, 'postgres', 'SET')", APPLICATION) == [(False,)]
        return

    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert Person.objects.count() == 1


@ON_POSTGRESQL
def test_function_of_the_askers_own_is_shown_no_row_that_does_not_reach_them(make_child, make_user):
    child = make_child(region="IQ-BG")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (said text)")
        cursor.execute(
            "CREATE FUNCTION pg_temp.tell(said text) RETURNS bool LANGUAGE sql COST 0.0001"
            " AS 'INSERT INTO pg_temp.told VALUES (said) RETURNING true'"
        )
    shown = []

    for region in ("RU-DA", "IQ-BG"):
        with acting(make_user(role=Role.REGISTRAR, region=region)):
            asked("SELECT 1 FROM people_person WHERE pg_temp.tell(reference)")
        shown.append(asked("SELECT said FROM pg_temp.told"))

    assert shown == [[], [(child.reference,)]]


@ON_POSTGRESQL
def test_table_of_the_askers_own_catches_no_row_of_the_log(make_user, at):
    user = make_user()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE audit_change (LIKE public.audit_change)")
    before = asked("SELECT count(*) FROM public.audit_change")[0][0]

    with acting(user):
        User.objects.filter(pk=user.pk).update(region="RU-DA")

    assert asked("SELECT count(*) FROM public.audit_change") == [(before + 1,)]
    assert asked("SELECT count(*) FROM pg_temp.audit_change") == [(0,)]


@ON_POSTGRESQL
def test_nothing_is_written_about_whom_one_does_not_reach(make_child, make_user, say, at):
    child = make_child(region="IQ-BG")
    there = make_user(role=Role.REGISTRAR, region="RU-DA")

    refused = pytest.raises(DatabaseError, match="row-level security")
    with refused, transaction.atomic(), acting(there):
        store(child, [say("mark", text="a scar")], by=there, at=at)


@pytest.mark.parametrize("wall", [pytest.param(True, marks=ON_POSTGRESQL), False])
def test_forgotten_condition_of_the_application_shows_nobody(
    wall, client, make_child, make_user, monkeypatch
):
    """The first wall is taken down; what the page then shows is what the second lets through."""
    child = make_child(region="IQ-BG")
    client.force_login(make_user(role=Role.REGISTRAR, region="RU-DA"))
    monkeypatch.setattr(models_of_persons, "seen_by_kind", lambda rows, *_, **__: rows)
    if not wall and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")

    answer = client.get(f"/children/{child.pk}/")

    assert answer.status_code == (404 if wall else 200)


@ON_POSTGRESQL
def test_passage_opens_every_row_while_it_lasts(make_child, make_user, caplog):
    make_child(region="IQ-BG")
    there = make_user(role=Role.REGISTRAR, region="RU-DA")

    with acting(there):
        before = Person.objects.count()
        with passage(Passage.COUNTING):
            inside = Person.objects.count()
            with passage(Passage.MATCHING):
                deeper = Person.objects.count()
            inside_again = Person.objects.count()
        after = Person.objects.count()

    assert (before, inside, deeper, inside_again, after) == (0, 1, 1, 1, 0)


@ON_POSTGRESQL
def test_passage_closes_when_what_was_inside_fails(make_child, make_user):
    make_child(region="IQ-BG")

    with acting(make_user(role=Role.REGISTRAR, region="RU-DA")):
        with pytest.raises(ProgrammingError), transaction.atomic(), passage(Passage.COUNTING):
            asked("SELECT 1 FROM nowhere")
        after = Person.objects.count()

    assert after == 0


def test_closed_account_is_told_as_nobody(make_user):
    told = rows.told_of(make_user(role=Role.REGISTRAR, region="IQ-BG", is_active=False))

    assert set(told.values()) == {""}


def test_clock_is_told_by_its_passage():
    assert rows.told_of(User(username="kinward", role=Role.CLOCK))["kw.passage"] == "clock"


@ON_POSTGRESQL
def test_role_of_the_application_is_held(settings):
    settings.DEMO = False

    assert is_held(connection)
    assert faults(connection) == []
    rows.refuse_unwalled()


@ON_POSTGRESQL
def test_owner_is_warned_of_and_does_not_serve(as_owner, settings):
    settings.DEMO = False

    assert [fault.id for fault in rows.check(None, ["default"])] == ["kinward.W021"]
    with pytest.raises(ImproperlyConfigured, match="row-level security does not hold it"):
        rows.refuse_unwalled()


@ON_POSTGRESQL
def test_owner_serves_a_demo(as_owner, settings):
    settings.DEMO = True

    rows.refuse_unwalled()


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY kw_reach ON people_person",
        "ALTER POLICY kw_reach ON people_person USING (true)",
        "ALTER POLICY kw_reach ON people_person TO kinward_tests",
        "CREATE POLICY another ON people_person USING (true)",
    ],
)
def test_altered_wall_is_found_and_built_anew(as_owner, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)

    assert breaches(connection) == ["people_person"]
    assert "kinward.E020" in {fault.id for fault in faults(connection)}

    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY IF EXISTS another ON people_person")
    rows.install(connection)
    assert breaches(connection) == []


@ON_POSTGRESQL
def test_command_makes_the_role_and_may_be_run_again(as_owner, capsys):
    for _ in range(2):
        call_command("rows", application_role="kinward_web")

    assert capsys.readouterr().out.count("kinward_web is held by row-level security.") == 2
    rights = asked(
        "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type)"
        " FROM information_schema.role_table_grants"
        " WHERE grantee = 'kinward_web' AND table_name = 'people_assertion'"
    )
    assert rights == [("INSERT SELECT",)]
    assert asked("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'kinward_web'") == [
        (False, False)
    ]


@pytest.mark.skipif("connections['default'].vendor == 'postgresql'", reason="has walls")
def test_sqlite_says_that_it_has_none(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="SQLite has no row-level security"):
        call_command("rows", application_role="kinward_web")
    assert rows.check(None, ["default"]) == []
    rows.refuse_unwalled()


def test_policy_is_written_alike_in_whatever_order_its_roles_come():
    words = {Role.REGISTRAR: ["identity"], Role.MEDIC: ["health"]}

    assert by_role(words) == by_role(dict(reversed(words.items())))
