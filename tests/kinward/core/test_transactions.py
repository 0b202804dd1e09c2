from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from kinward.access.models import Role, User
from kinward.core.databases import transaction_began


@pytest.fixture
def heard():
    """Listen; say which connections announced a transaction, and whether each could ask."""
    announced = []

    def listen(*, connection, **_signal):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            announced.append((connection.alias, cursor.fetchone()))

    transaction_began.connect(listen)
    yield announced
    transaction_began.disconnect(listen)


def open_account(name: str) -> User:
    return User.objects.create_user(name, role=Role.REGISTRAR)


@pytest.mark.django_db(transaction=True)
def test_outermost_transaction_is_announced_once(heard):
    with transaction.atomic():
        open_account("amira")
        with transaction.atomic():
            open_account("layla")

    assert heard == [("default", (1,))]


@pytest.mark.django_db(transaction=True)
def test_each_transaction_is_announced_also_after_a_rollback_and_a_close(heard):
    with transaction.atomic():
        open_account("amira")
        transaction.set_rollback(True)
    connection.close()
    with transaction.atomic():
        open_account("layla")

    assert len(heard) == 2
    assert list(User.objects.values_list("username", flat=True)) == ["layla"]


@pytest.mark.django_db(transaction=True)
def test_transaction_in_a_hook_after_the_commit_is_announced(heard):
    @transaction.atomic
    def after():
        open_account("layla")

    with transaction.atomic():
        open_account("amira")
        transaction.on_commit(after)

    assert len(heard) == 2
    assert User.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_transaction_does_not_begin_when_a_listener_refuses():
    def refuse(**_signal):
        raise PermissionError("nobody acts")

    transaction_began.connect(refuse)
    try:
        with pytest.raises(PermissionError), transaction.atomic():
            open_account("amira")
    finally:
        transaction_began.disconnect(refuse)
    with transaction.atomic():
        open_account("layla")

    assert list(User.objects.values_list("username", flat=True)) == ["layla"]


@pytest.mark.django_db(transaction=True)
def test_transaction_by_hand_is_refused():
    with pytest.raises(TransactionManagementError, match="atomic"):
        transaction.set_autocommit(False)

    assert transaction.get_autocommit() is True
