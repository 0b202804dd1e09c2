from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from reliability.tampering import CONTROL, KINDS, ONLY_WITH_ANCHORS, fill, tamper

from kinward.access.models import Role, User
from kinward.audit import triggers
from kinward.audit.actions import record
from kinward.audit.context import ACTING
from kinward.audit.models import Change, Checkpoint, Event, Link, Unsealed
from kinward.audit.rules import Anchor, canonical
from kinward.audit.sealing import AT_ONCE, checkpoint, seal
from kinward.audit.verifying import verify

# What is undone here only the owner of the tables can undo.
pytestmark = pytest.mark.usefixtures("as_owner")


@pytest.fixture
def amira(make_user):
    return make_user("amira", role=Role.REGISTRAR)


@pytest.fixture
def anchors_of(settings, tmp_path):
    settings.ANCHORS = [str(tmp_path)]
    return tmp_path / "kinward-anchors.txt"


def run(*command: str) -> tuple[int, str]:
    said, wrong = StringIO(), StringIO()
    try:
        call_command(*command, stdout=said, stderr=wrong)
    except SystemExit as ended:
        return ended.code, said.getvalue() + wrong.getvalue()
    return 0, said.getvalue()


@pytest.mark.django_db
def test_each_row_gets_its_place_in_the_order_it_was_written(amira, at):
    record("core.tested", amira, by=amira, at=at)
    waited = Unsealed.objects.count()

    sealed = seal()

    assert sealed == waited == Event.objects.count() + Change.objects.count()
    assert list(Link.objects.values_list("id", flat=True)) == list(range(1, sealed + 1))
    assert Unsealed.objects.count() == 0
    assert seal() == 0
    assert verify().whole


@pytest.mark.django_db(transaction=True)
def test_rows_are_sealed_at_the_end_of_their_transaction_where_writers_are_one(at):
    with transaction.atomic():
        amira = User.objects.create_user("amira", role=Role.REGISTRAR)
        record("core.tested", amira, by=amira, at=at)
    if connection.vendor != "sqlite":
        assert (Link.objects.count(), seal()) == (0, 2)

    assert (Link.objects.count(), Unsealed.objects.count()) == (2, 0)
    assert verify().whole


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sealed(at):
    with transaction.atomic():
        User.objects.create_user("amira", role=Role.REGISTRAR)
        transaction.set_rollback(True)

    assert (Link.objects.count(), Unsealed.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_events_of_every_shape_are_the_same_before_and_after_they_are_stored(amira):
    for at in (datetime(2019, 1, 2, tzinfo=UTC), datetime(2019, 1, 2, 3, 4, 5, 678, tzinfo=UTC)):
        record("core.tested", amira, by=amira, at=at, role=Role.AUDITOR, x=0.1, y=["ж", None])
    record("core.tested", None, by=amira, at=at)
    seal()

    assert verify().fault == ""


@pytest.mark.django_db
def test_log_longer_than_a_batch_is_sealed_and_checked_whole(amira, at, monkeypatch):
    monkeypatch.setattr("kinward.audit.sealing.AT_ONCE", 7)
    monkeypatch.setattr("kinward.audit.verifying.AT_ONCE", 7)
    for _ in range(20):
        record("core.tested", amira, by=amira, at=at)

    call_command("seal_log", "--once", stdout=StringIO())
    while Unsealed.objects.exists():
        seal()

    assert verify().links == Link.objects.count() > 14
    assert verify().whole
    assert AT_ONCE > 7


@pytest.mark.django_db
def test_row_deleted_before_it_was_sealed_is_missed(amira, at):
    record("core.tested", amira, by=amira, at=at)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
    triggers.install(connection)
    seal()

    assert "was deleted" in verify().fault


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_every_kind_of_tampering_is_noticed_with_the_anchors(seed):
    anchors = fill(rows=30)

    tally = tamper(anchors, mutations=3 * len(KINDS), seed=seed)

    for kind, made in tally.made.items():
        assert (kind, tally.with_anchors[kind]) == (kind, 0 if kind == CONTROL else made)
    assert {kind for kind in tally.made if not tally.without[kind]} - {CONTROL} == ONLY_WITH_ANCHORS
    assert len(tally.made) >= 11


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE audit_event SET actor = 'layla'", r"event at place \d+ was changed"),
        ("UPDATE audit_change SET actor = 'layla'", r"From place \d+ on the chain was changed"),
        ("DELETE FROM audit_link WHERE id = 3", "Place 3 of the chain is missing"),
        ("DELETE FROM audit_link WHERE id > 5", "A row was put beside the chain"),
    ],
)
def test_first_fault_is_named_in_words(sql, words):
    fill(rows=10)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql)

    assert re.search(words, verify().fault)


@pytest.mark.django_db
def test_checkpoint_is_signed_and_anchored_and_made_once(amira, at, anchors_of):
    seal()

    made = checkpoint(at=at)

    assert checkpoint(at=at) is None
    assert anchors_of.read_text() == f"{made.text}\n"
    assert stat.S_IMODE(anchors_of.stat().st_mode) & 0o007 == 0
    assert Anchor.parse(made.text).position == Link.objects.count()


@pytest.mark.django_db
def test_there_is_no_checkpoint_of_nothing(at):
    assert checkpoint(at=at) is None


@pytest.mark.django_db
def test_anchors_are_added_to_a_file_that_is_named_itself(amira, at, settings, tmp_path):
    settings.ANCHORS = [str(tmp_path / "one.txt"), str(tmp_path)]
    for _ in range(2):
        record("core.tested", amira, by=amira, at=at)
        seal()
        checkpoint(at=at)

    lines = (tmp_path / "one.txt").read_text().splitlines()
    assert lines == (tmp_path / "kinward-anchors.txt").read_text().splitlines()
    assert len(lines) == 2
    assert verify(lines).whole


@pytest.mark.django_db
def test_command_seals_signs_and_anchors_as_itself(amira, nobody_acts, anchors_of):
    _code, said = run("seal_log", "--once")

    assert said == anchors_of.read_text()
    assert ACTING.get() is None
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_command_says_that_an_anchor_cannot_be_written(amira, settings, tmp_path):
    settings.ANCHORS = [str(tmp_path / "not mounted" / "anchors.txt")]

    with pytest.raises(CommandError, match="No such file"):
        call_command("seal_log", "--once", stdout=StringIO())


@pytest.mark.django_db
def test_verifying_says_what_was_checked_and_ends_well(amira, anchors_of):
    run("seal_log", "--once")

    code, said = run("audit", "verify", "--anchors", str(anchors_of))

    assert code == 0
    assert "1 rows of the log checked (" in said
    assert "1 checkpoints, 1 anchors; 0 rows wait" in said
    assert "The log is whole; 0 rows were added after the last signature." in said
    assert "No anchors were given" not in said
    assert "No anchors were given" in run("audit", "verify")[1]


@pytest.mark.django_db
def test_verifying_names_the_fault_and_ends_with_1(amira, anchors_of):
    run("seal_log", "--once")
    Checkpoint.objects.all()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint")

    code, said = run("audit", "verify", "--anchors", str(anchors_of))

    assert code == 1
    assert "NOT WHOLE: The checkpoint at place 1 was anchored and is gone from here." in said


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["KW1.1.20190102T093000Z.00.00", "hello", "KW1"])
def test_line_that_is_no_anchor_of_ours_is_a_fault(amira, line, tmp_path):
    (tmp_path / "anchors.txt").write_text(line)

    code, said = run("audit", "verify", "--anchors", str(tmp_path / "anchors.txt"))

    assert code == 1
    assert "does not bear the signature" in said


@pytest.mark.django_db
def test_anchors_that_cannot_be_read_are_said_to_be(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("audit", "verify", "--anchors", str(tmp_path / "none.txt"))


@pytest.mark.django_db
def test_anchor_is_printed_for_custodians_as_a_line_and_a_code(amira):
    with pytest.raises(CommandError, match="no checkpoint yet"):
        call_command("audit", "anchor")
    run("seal_log", "--once")

    _code, said = run("audit", "anchor")

    assert Checkpoint.objects.get().text in said
    assert re.search(r"Public key \(Ed25519\): [0-9a-f]{64}", said)
    assert "█" in said


@given(
    st.integers(1, 10**18),
    st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=64, max_size=64),
)
def test_anchor_is_read_as_it_was_written(position, at, head, signature):
    anchor = Anchor(
        position=position,
        at=at,
        head=head.hex(),
        signature=signature.hex(),
    )

    assert Anchor.parse(str(anchor)) == anchor
    assert re.fullmatch(r"[0-9A-Z $%*+./:-]+", str(anchor))  # a QR code's alphanumeric mode


def test_moment_that_cannot_be_is_no_anchor():
    assert Anchor.parse(f"KW1.1.20191302T093000Z.{'0' * 64}.{'0' * 128}") is None


def test_canonical_form_knows_one_zone_and_one_order():
    utc = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)

    assert canonical([utc, {"b": 1, "a": "ж"}]) == (
        '["2019-01-02T09:30:00.000000+00:00",{"a":"ж","b":1}]'.encode()
    )
