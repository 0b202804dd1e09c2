"""The API's document: checked in, and true."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import RequestFactory
from ninja.errors import AuthenticationError

from kinward.api import document, show_sign_in

CHECKED_IN = Path(__file__).parents[2] / "docs/reference/openapi.json"


def test_document_is_the_one_checked_in():
    assert document() == CHECKED_IN.read_text(encoding="utf-8")


def test_document_is_the_same_in_every_language(settings):
    settings.LANGUAGE_CODE = "ar"

    assert document() == CHECKED_IN.read_text(encoding="utf-8")


def test_openapi_command_writes_the_document(tmp_path):
    path = tmp_path / "openapi.json"
    said = StringIO()

    call_command("openapi", str(path), stdout=said)

    assert path.read_text(encoding="utf-8") == document()
    assert said.getvalue() == f"{path} written\n"


def test_every_operation_says_how_it_refuses():
    operations = [
        operation
        for path in json.loads(document())["paths"].values()
        for operation in path.values()
    ]

    assert operations
    for operation in operations:
        assert {"401", "403", "404", "422"} <= set(operation["responses"])


def test_api_itself_tells_the_anonymous_to_sign_in():
    response = show_sign_in(RequestFactory().get("/api/"), AuthenticationError())

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
