"""People of two offices, and those who look over their shoulders."""

from __future__ import annotations

import pytest

from kinward.access.models import Role


@pytest.fixture
def here(make_user):
    """A registrar of the office that registers."""
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def there(make_user):
    """A registrar of another office."""
    return make_user("yusuf", role=Role.REGISTRAR, region="SY-HA")


@pytest.fixture
def manager(make_user):
    return make_user("maria", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def officer(make_user):
    """The data-protection officer."""
    return make_user("david", role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def child(make_child, here):
    return make_child(by=here)
