from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.utils import ConnectionHandler

from kinward.access.models import Role, User
from kinward.audit import triggers
from kinward.audit.actions import record
from kinward.audit.apps import keep, make_way
from kinward.audit.context import ACTING, Nobody, acting
from kinward.audit.models import Change, Event
from kinward.core.models import AppendOnly
from kinward.people.models import Assertion, Person
from kinward.tracing.models import Candidate

# What is undone here only the owner of the tables can undo.
pytestmark = pytest.mark.usefixtures("as_owner")

LEDGERS = [model for model in triggers.watched() if issubclass(model, AppendOnly)]
TABLES = [model for model in triggers.watched() if not issubclass(model, AppendOnly)]


def sql(statement: str, parameters: list[object] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def changes_of(row) -> list[tuple[str, str, str, str]]:
    told = Change.objects.filter(row_id=str(row.pk)).order_by("id")
    return list(told.values_list("table_name", "operation", "columns", "actor"))


@pytest.fixture
def amira(make_user) -> User:
    return make_user("amira", role=Role.REGISTRAR)


@pytest.fixture
def one_of_each(make_candidate, amira, at):
    """A row in ledgers of each app, to be tampered with."""
    candidate = make_candidate()
    record("core.tested", amira, by=amira, at=at)
    return candidate


def test_every_table_of_ours_is_watched_but_what_passes_or_is_shipped():
    ours = {model for app in apps.get_app_configs() for model in app.get_models()}
    ours = {model for model in ours if model.__module__.startswith("kinward.")}

    unwatched = {model.__name__ for model in ours - set(triggers.watched())}
    passing = {"Unsealed", "Job", "KeptAnswer", "Draft", "DraftPage", "KeptView"}
    passing |= {"Contact", "Sequence", "Piece"}  # of phones
    shipped = {"Place"}
    assert unwatched == passing | shipped
    assert {Person, Assertion, Event, Change} <= set(LEDGERS)
    assert {Candidate, User} <= set(TABLES)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Event, Person, Assertion], ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "write",
    [
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        pytest.param("TRUNCATE {table} CASCADE", id="truncate"),
        pytest.param("INSERT OR REPLACE INTO {table} SELECT * FROM {table}", id="replace"),
    ],
)
def test_ledger_refuses_in_the_database_itself_to_be_changed(one_of_each, model, write):
    only_on = {"TRUNCATE": "postgresql", "INSERT": "sqlite"}.get(write.split()[0])
    if only_on not in {None, connection.vendor}:
        pytest.skip(f"{connection.vendor} has no such statement")
    before = model.objects.count()
    connection.check_constraints()  # what waits for the commit would keep PostgreSQL from emptying

    with pytest.raises(IntegrityError, match="only ever appended to"), transaction.atomic():
        sql(write.format(table=model._meta.db_table))

    assert before > 0
    assert model.objects.count() == before


@pytest.mark.django_db
def test_changes_themselves_are_a_ledger(amira):
    assert Change.objects.exists()

    for write in ("UPDATE audit_change SET actor = ''", "DELETE FROM audit_change"):
        with pytest.raises(IntegrityError, match="only ever appended to"), transaction.atomic():
            sql(write)


def by_save(user):
    user.region = "IQ-BG"
    user.save()


def by_update(user):
    User.objects.filter(pk=user.pk).update(region="IQ-BG")


def by_bulk_update(user):
    user.region = "IQ-BG"
    User.objects.bulk_update([user], ["region"])


def by_sql(user):
    sql("UPDATE access_user SET region = 'IQ-BG' WHERE username = %s", [user.username])


@pytest.mark.django_db
@pytest.mark.parametrize("write", [by_save, by_update, by_bulk_update, by_sql])
def test_change_of_a_row_is_written_down_however_it_is_made(amira, write):
    with acting(Nobody("huda", "administrator"), request_id="r-1"):
        write(amira)

    assert changes_of(amira)[1:] == [("access_user", "update", "region", "huda")]
    last = Change.objects.latest("id")
    assert (last.actor_role, last.request_id) == ("administrator", "r-1")
    assert "IQ-BG" not in str(Change.objects.values())


@pytest.mark.django_db
def test_several_columns_are_named_and_one_that_stays_is_not(amira):
    User.objects.filter(pk=amira.pk).update(language="ar", region="IQ-BG", role=Role.REGISTRAR)

    (_table, _operation, columns, _actor) = changes_of(amira)[-1]

    assert sorted(columns.split()) == ["language", "region"]


@pytest.mark.django_db
def test_rows_added_at_once_are_written_down_one_by_one():
    users = [User(username=name, role=Role.REGISTRAR) for name in ("amira", "layla")]

    User.objects.bulk_create(users)

    for user in users:
        ((table, operation, columns, actor),) = changes_of(user)
        assert (table, operation, actor) == ("access_user", "insert", "(tests)")
        assert "username" in columns.split()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["row", "queryset", "sql"])
def test_deletion_is_written_down_however_it_is_made(make_candidate, how):
    candidate = make_candidate()
    key = candidate.pk

    if how == "row":
        candidate.delete()
    elif how == "queryset":
        Candidate.objects.filter(pk=key).delete()
    else:
        sql("DELETE FROM tracing_candidate")

    told = Change.objects.filter(row_id=str(key)).order_by("id")
    assert list(told.values_list("operation", "columns"))[1:] == [("delete", "")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "write",
    [
        lambda user: User.objects.create_user("thief", role=Role.REGISTRAR),
        by_save,
        by_update,
        by_bulk_update,
        by_sql,
        lambda user: User.objects.bulk_create([User(username="thief", role=Role.REGISTRAR)]),
        lambda user: User.objects.all().delete(),
        lambda user: Event.objects.create(action="core.lied", actor="amira", at=user.opened_at),
    ],
    ids=["create", "save", "update", "bulk_update", "sql", "bulk_create", "delete", "ledger"],
)
@pytest.mark.parametrize("within", [transaction.atomic, nullcontext], ids=["atomic", "autocommit"])
def test_nothing_is_written_where_nobody_acts(nobody_acts, at, write, within):
    with acting(Nobody("huda")), transaction.atomic():
        user = User.objects.create_user("amira", role=Role.REGISTRAR, opened_at=at)

    with pytest.raises(IntegrityError, match="nobody acts"), within():
        write(user)

    assert list(User.objects.values_list("username", "region")) == [("amira", "")]
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_whole_transaction_falls_where_nobody_acts_in_a_part_of_it(nobody_acts):
    def write_as_somebody_then_as_nobody():
        with acting(Nobody("huda")):
            User.objects.create_user("amira", role=Role.REGISTRAR)
        User.objects.create_user("thief", role=Role.REGISTRAR)

    with pytest.raises(IntegrityError, match="nobody acts"), transaction.atomic():
        write_as_somebody_then_as_nobody()

    assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_next_transaction_on_the_connection_knows_nobody(nobody_acts):
    with acting(Nobody("huda")), transaction.atomic():
        User.objects.create_user("amira", role=Role.REGISTRAR)

    with pytest.raises(IntegrityError, match="nobody acts"), transaction.atomic():
        User.objects.create_user("layla", role=Role.REGISTRAR)


@pytest.mark.django_db
def test_who_acts_changes_within_a_transaction_and_back():
    def made_by(name):
        user = User.objects.create_user(name, role=Role.REGISTRAR)
        return changes_of(user)[0][-1]

    with acting(Nobody("huda")):
        assert made_by("first") == "huda"
        with acting(Nobody("layla")):
            assert made_by("second") == "layla"
        assert made_by("third") == "huda"
    assert made_by("fourth") == "(tests)"


@pytest.mark.django_db
def test_who_acts_is_as_before_when_a_part_of_the_transaction_fails():
    twice = [User(username="amira", role=Role.REGISTRAR) for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic(), acting(Nobody("huda")):
        User.objects.bulk_create(twice)

    layla = User.objects.create_user("layla", role=Role.REGISTRAR)
    assert changes_of(layla)[0][-1] == "(tests)"


@pytest.mark.django_db
def test_triggers_are_there_and_as_they_should_be():
    assert triggers.faults(connection) == []
    found = run_checks(databases=["default"], tags=["database"])

    assert [each for each in found if each.id != "kinward.W021"] == []  # PostgreSQL's owner asks


@pytest.mark.django_db
@pytest.mark.parametrize("model", triggers.watched(), ids=lambda model: model.__name__)
def test_every_table_without_its_triggers_is_reported(model):
    names = {name for name in triggers.wanted(connection) if f"_{model._meta.db_table}_" in name}
    with connection.cursor() as cursor:
        for statement in triggers.DIALECTS[connection.vendor].removal(cursor):
            if any(name in statement for name in names):
                cursor.execute(statement)

    found = run_checks(databases=["default"], tags=["database"])
    (error,) = [each for each in found if each.id != "kinward.W021"]  # PostgreSQL's owner asks

    assert names <= set(triggers.faults(connection))
    assert all(name in error.msg for name in names)


@pytest.mark.django_db
def test_trigger_that_was_tampered_with_is_reported():
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER kw_audit_event_delete")
        sql("CREATE TRIGGER kw_audit_event_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END")
        assert triggers.faults(connection) == ["kw_audit_event_delete"]
    else:
        sql("ALTER TABLE audit_event DISABLE TRIGGER kw_audit_event_change")
        assert triggers.faults(connection) == ["kw_audit_event_change"]


@pytest.mark.django_db
def test_function_that_was_tampered_with_is_reported():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no functions")
    sql(
        "CREATE OR REPLACE FUNCTION kw_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN OLD; END'"
    )

    assert "kw_audit_event_change" in triggers.faults(connection)


@pytest.mark.django_db
def test_database_that_is_not_migrated_yet_lacks_nothing():
    handler = ConnectionHandler(
        {"default": {"ENGINE": "kinward.core.sqlite", "NAME": ":memory:", "OPTIONS": {}}}
    )

    assert triggers.faults(handler["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_tables_may_be_rebuilt_by_a_migration_and_have_their_triggers_again(nobody_acts):
    make_way(using="default")
    with connection.schema_editor() as editor:
        for model in (User, Change):
            field = models.CharField(max_length=10, default="", null=True)
            field.set_attributes_from_name("passing")
            editor.add_field(model, field)
            editor.remove_field(model, field)
    with transaction.atomic():  # as a migration of data does
        User.objects.create_user("amira", role=Role.REGISTRAR)
    keep(using="default")

    assert triggers.faults(connections["default"]) == []
    assert ACTING.get() is None
