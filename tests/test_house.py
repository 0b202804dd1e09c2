"""What no linter can say about the house."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kinward.core.fields import SealedField
from kinward.core.models import DataClass
from kinward.core.vocabulary.linting import lint

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
LONGEST_FILE = 400
MODULES = sorted(SOURCE.rglob("*.py"))
OURS = [app for app in apps.get_app_configs() if app.name.startswith("kinward.")]
DOORS = [path for path in MODULES if path.stem in {"views", "api", "forms"}]
# Words that say nothing about what is inside a file.
EMPTY_WORDS = {
    "utils",
    "util",
    "helpers",
    "common",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_stay_short():
    long_files = [
        relative(path)
        for path in MODULES
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > LONGEST_FILE
    ]

    assert long_files == []


def test_file_names_say_something():
    assert [relative(path) for path in MODULES if path.stem in EMPTY_WORDS] == []


def test_rooms_say_what_they_hold():
    silent = [
        relative(path)
        for path in MODULES
        if path.name == "__init__.py"
        and not {"migrations", "management", "data"} & set(path.parts)
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_no_work_is_left_open():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")

    assert [relative(path) for path in MODULES if marks.search(path.read_text())] == []


def test_doors_do_not_reach_into_the_database():
    assert DOORS != []
    assert [relative(path) for path in DOORS if ".objects" in path.read_text()] == []


def public_actions():
    for app in OURS:
        if (SOURCE / app.name.replace(".", "/") / "actions.py").exists() or (
            SOURCE / app.name.replace(".", "/") / "actions"
        ).exists():
            module = import_module(f"{app.name}.actions")
            for name, thing in vars(module).items():
                if inspect.isfunction(thing) and thing.__module__.startswith(module.__name__):
                    yield pytest.param(thing, id=f"{app.label}.{name}")


@pytest.mark.parametrize("action", [case for case in public_actions() if "._" not in case.id])
def test_actions_say_who_and_when(action):
    parameters = inspect.signature(action).parameters

    assert {"by", "at"} <= set(parameters)
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["at"].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize(
    "model", [pytest.param(model, id=model.__name__) for app in OURS for model in app.get_models()]
)
def test_every_field_declares_its_data_class(model):
    fields = {field.name for field in model._meta.get_fields() if field.concrete}

    assert fields - set(model.classes) == set()


# What is as close as a name and stands in the database as it is, each with its reason.
NOT_SEALED = {
    "User.username": "what one signs in with; it need not be a name",
    "Sought.relation": "a word of a code list, that queries ask for",
    "Candidate.verdict": "likewise",
    "Review.opinion": "likewise",
    "Judgement.says": "likewise",
    "Answers.wish": "a word of a code list, on which hangs what an enquirer may be told",
    "VerificationStep.outcome": "a word of a code list, on which hangs how far a search has come",
    "Resolution.named": "identifiers, that the lock is derived from",
    "Merging.found": "which records are of one child is derived from it, and counted by",
    "KeptAnswer.sealed": "bytes that core.once seals itself, under a key of the answer's own",
}
SEALED_CLASSES = {
    DataClass.IDENTITY,
    DataClass.WHEREABOUTS,
    DataClass.INTIMATE,
    DataClass.EVIDENCE,
}


@pytest.mark.parametrize(
    "model", [pytest.param(model, id=model.__name__) for app in OURS for model in app.get_models()]
)
def test_every_field_that_says_who_someone_is_is_sealed(model):
    close = {
        f"{model.__name__}.{field.name}": isinstance(field, SealedField)
        for field in model._meta.get_fields()
        if field.concrete and model.classes[field.name] in SEALED_CLASSES
    }

    assert {name for name, sealed in close.items() if not sealed} == close.keys() & NOT_SEALED


def test_what_is_not_sealed_is_there():
    names = {
        f"{model.__name__}.{name}"
        for app in OURS
        for model in app.get_models()
        for name in model.classes
    }

    assert set(NOT_SEALED) - names == set()


def test_sealed_fields_say_whose_key_seals_them():
    nobodys = [
        field
        for app in OURS
        for model in app.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
        and not (field.subject and (field.compartment or field.compartment_of))
    ]

    assert nobodys == []


def routes(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


# Every address that is open before one has signed in, and why.
PUBLIC = {
    "sign-in/": "where one signs in",
    "sign-in/code/": "asks for the second factor of who gave a password; leads back without one",
    "sign-in/passkey/": "takes a passkey, which is password and second factor in one",
    "sign-in/invitation/<str:uidb64>/<str:token>/": "where a new account's owner sets a password",
    "sign-in/<str:provider_id>/": "leads to single sign-on, where one is set up",
    "sign-in/<str:provider_id>/back/": "where single sign-on sends back who signed in there",
    "sign-out/": "who gave only a password so far may begin again",
    "language/": "the sign-in page speaks three languages",
    "^api/": "where no operation is, and machines are told so",
    "calendars/<str:token>.ics": "a calendar reads how many things are due; it is secret",
    "livez": "what machines ask that watch over ours: alive or not",
    "readyz": "likewise: ready or not, and why only to an administrator",
    "documents/verify/": "whoever holds a document finds out whether it is genuine",
    "figures/public/": "figures that two editors released, for everybody",
    "figures/public/<str:language>/": "likewise",
    "figures/public/<str:language>/<uuid:release_id>/": "likewise, one release",
    "figures/public/files/<uuid:file_id>/": "likewise, a file as it was signed",
    "field/": "the application of the field, the same for everybody: it holds nothing of anybody",
    "field/sw.js": "likewise, what keeps it on a phone",
    "field/app.webmanifest": "likewise, how a phone shows it among its applications",
    "leave/": '"Exit this page" leads out of Kinward',
}


def example_of(route: str) -> str:
    """Make an address of a route by filling its converters."""
    filled = re.sub(r"<uuid:[^>]+>", "018f3c1e-0000-7000-8000-000000000000", route)
    filled = re.sub(r"<int:[^>]+>", "1", filled)
    return "/" + re.sub(r"<[^>]+>", "x", filled)


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(routes(get_resolver().url_patterns)) - set(PUBLIC)))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_refuses_the_anonymous(client, route, method):
    response = getattr(client, method)(example_of(route))

    refused = {302, 401, 403, 404, 405}
    assert response.status_code in refused
    if response.status_code == 302:
        assert "/sign-in/" in response.headers["Location"]


def open_routes(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from open_routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif not getattr(pattern.callback, "login_required", True):
            yield prefix + str(pattern.pattern)


def test_what_is_open_before_sign_in_is_listed_with_a_reason():
    assert set(open_routes(get_resolver().url_patterns)) == set(PUBLIC)
    assert all(PUBLIC.values())


def test_no_text_expresses_association():
    """Gate G9: no list, label, field or text of the product expresses association."""
    slips = lint([SOURCE, ROOT / "docs"])

    assert [(relative(slip.path), slip.line, slip.found.written) for slip in slips] == []


def test_nothing_names_a_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    of_a_machine = re.compile(r"(?<![\w.~])/(?:work|root|tmp|home)/\w")
    texts = [
        name
        for name in filter(None, listed)
        if Path(name).suffix not in {".png", ".xlsx", ".parquet", ".woff2"}
        and name not in {".ci/run", "tests/test_house.py"}
    ]

    assert [name for name in texts if of_a_machine.search((ROOT / name).read_text())] == []


# Each wall is broken on purpose in a copy; import-linter must name it.
BREACHES = {
    "1. the library stands alone": ("kinmatch/dates.py", "import kinward.core"),
    "2. the rooms of kinmatch are layered": ("kinmatch/errors.py", "import kinmatch.cli"),
    "3. apps look down, never up or sideways": (
        "kinward/audit/models/events.py",
        "import kinward.people.models",
    ),
    "4. inside an app, files stand in order of dependence": (
        "kinward/people/models/persons.py",
        "import kinward.people.queries",
    ),
    "5. rules are plain Python": ("kinward/people/rules.py", "import django.db"),
    "6. one door to the library": ("kinward/tracing/actions/finding.py", "import kinmatch"),
    "7. closed compartments are looked into by nobody": (
        "kinward/placement/__init__.py",
        "import kinward.health",
    ),
    "8. the search memory is asked by its own room and by matching": (
        "kinward/tracing/views/searching.py",
        "import kinward.people.memory",
    ),
    "9. the server asks for no page of the web": (
        "kinward/figures/views/register.py",
        "import kinward.core.fetching",
    ),
}


def lint_imports(folder: Path) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture
def copy_of_the_house(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
    )
    return tmp_path


def test_walls_stand(copy_of_the_house):
    said = lint_imports(copy_of_the_house)

    assert "0 broken" in said


def test_every_wall_has_a_breach_to_try():
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert {contract["name"] for contract in configured["contracts"]} == set(BREACHES)


@pytest.mark.parametrize("wall", sorted(BREACHES))
def test_wall_falls_when_broken(copy_of_the_house, wall):
    file, breach = BREACHES[wall]
    broken = copy_of_the_house / "src" / file
    broken.write_text(broken.read_text() + f"\n{breach}\n")

    said = lint_imports(copy_of_the_house)

    assert f"{wall} BROKEN" in said


@pytest.mark.parametrize("plan", ["kinmatch", "kinward"])
def test_room_left_off_the_plan_turns_the_walls_red(copy_of_the_house, plan):
    (copy_of_the_house / "src" / plan / "forgotten").mkdir()
    (copy_of_the_house / "src" / plan / "forgotten" / "__init__.py").write_text("")

    said = lint_imports(copy_of_the_house)

    assert "forgotten" in said
    assert "0 broken" not in said
