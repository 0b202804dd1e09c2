from __future__ import annotations

from django.test import override_settings

from kinward.core.apps import secret_key_is_set
from kinward.core.static import Assets


def test_check_refuses_an_installation_without_a_secret():
    with override_settings(DEMO=False, SECRET_KEY_IS_MADE_UP=True):
        (error,) = secret_key_is_set(None)

    assert error.id == "kinward.E001"


def test_check_accepts_an_installation_with_a_secret():
    with override_settings(DEMO=False, SECRET_KEY_IS_MADE_UP=False):
        assert secret_key_is_set(None) == []


def test_check_accepts_a_demo_without_a_secret():
    with override_settings(DEMO=True, SECRET_KEY_IS_MADE_UP=True):
        assert secret_key_is_set(None) == []


def test_static_file_has_its_plain_name_until_collected():
    assets = Assets()
    assets.hashed_files = {}

    assert assets.url("kinward/kinward.css") == "/static/kinward/kinward.css"


def test_static_file_has_its_hashed_name_once_collected():
    assets = Assets()
    assets.hashed_files = {"kinward/kinward.css": "kinward/kinward.0123456789ab.css"}

    assert assets.url("kinward/kinward.css") == "/static/kinward/kinward.0123456789ab.css"
