"""Who registers children, signed in."""

from __future__ import annotations

import pytest

from kinward.access.models import Role


@pytest.fixture
def registrar(client, make_user):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user
