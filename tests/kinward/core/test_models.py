from __future__ import annotations

import pytest
from django.apps import apps

from kinward.audit.models import Event
from kinward.core.models import AppendOnly, Immutable, LedgerQuerySet

LEDGERS = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


@pytest.fixture
def event(db, at):
    return Event.objects.create(action="core.tested", actor="amira", actor_role="auditor", at=at)


def test_ledger_row_is_not_changed(event):
    event.actor = "someone else"

    with pytest.raises(Immutable, match="Event rows are never changed"):
        event.save()

    assert Event.objects.get().actor == "amira"


def test_ledger_row_is_not_deleted(event):
    with pytest.raises(Immutable, match="never deleted"):
        event.delete()

    assert Event.objects.count() == 1


def test_ledger_rows_are_not_changed_or_deleted_together(event):
    event.actor = "someone else"

    with pytest.raises(Immutable):
        Event.objects.update(actor="someone else")
    with pytest.raises(Immutable):
        Event.objects.bulk_update([event], ["actor"])
    with pytest.raises(Immutable):
        Event.objects.all().delete()

    assert Event.objects.get().actor == "amira"


@pytest.mark.parametrize("model", LEDGERS, ids=lambda model: model._meta.label)
def test_every_ledger_reads_through_rows_that_cannot_be_changed(model):
    assert isinstance(model._default_manager.all(), LedgerQuerySet)


def test_ledgers_are_all_that_anybody_said_or_did():
    assert {model._meta.label for model in LEDGERS} >= {
        "audit.Event",
        "people.Group",
        "people.Person",
        "people.Assertion",
        "tracing.Request",
        "tracing.Sought",
        "tracing.Review",
        "tracing.Judgement",
    }
