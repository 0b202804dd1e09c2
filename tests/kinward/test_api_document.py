"""The API's document: checked in, and true."""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum
from io import StringIO
from pathlib import Path
from typing import get_args

from django.core.management import call_command
from django.test import RequestFactory
from ninja import Schema
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


def enums_of(annotation):
    """Return the classes of words in a type."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {annotation}
    return {each for part in get_args(annotation) for each in enums_of(part)}


def test_no_two_things_of_the_document_have_one_name():
    schemas = list(subclasses(Schema))
    words = {
        each
        for schema in schemas
        for field in schema.model_fields.values()
        for each in enums_of(field.annotation)
    }
    ours = [each for each in [*schemas, *words] if each.__module__.startswith("kinward")]

    assert ours
    twice = [name for name, number in Counter(each.__name__ for each in ours).items() if number > 1]
    assert twice == []


def subclasses(of):
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)
