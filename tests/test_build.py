"""The build of the front end: what it leaves out, when it does nothing, what it refuses."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MADE = ROOT / "src" / "kinward" / "static" / "kinward"
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, python-format
msgid "Request %(reference)s"
msgstr "{translated}"
"""


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def catalogue(tmp_path):
    """Write a Russian catalogue of one message, and return where it lies."""

    def write(translated: str) -> Path:
        path = tmp_path / "src" / "kinward" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(CATALOGUE.replace("{translated}", translated))
        return path

    return write


def test_lock_names_versions_and_no_address():
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())

    packages = [package for name, package in lock["packages"].items() if name]
    assert all("integrity" in package for package in packages)
    assert [package for package in packages if "resolved" in package] == []


def test_nothing_of_another_government_is_shipped():
    shipped = "".join(path.read_text() for path in MADE.glob("*.css")).casefold()

    assert [word for word in ("gds transport", "crest", "crown", "url(") if word in shipped] == []
    assert {path.suffix for path in MADE.iterdir() if path.suffix} == {
        ".css",
        ".js",
        ".png",
        ".svg",
    }
    assert sorted(path.name for path in MADE.glob("*.png")) == ["field-192.png", "field-512.png"]


def test_style_sheet_is_mirrored_for_right_to_left():
    assert "padding-left:20px" in (MADE / "app.css").read_text()
    assert "padding-right:20px" in (MADE / "app.rtl.css").read_text()


def test_build_does_nothing_when_nothing_changed(builder):
    said: list[str] = []

    assert builder.build(ROOT, say=said.append) is False
    assert said == []


def test_fingerprint_changes_with_a_catalogue(builder, catalogue, tmp_path):
    for name in ("package.json", "package-lock.json"):
        (tmp_path / "frontend").mkdir(exist_ok=True)
        (tmp_path / "frontend" / name).write_text("{}")
    before = builder.fingerprint(tmp_path)

    catalogue("Заявка %(reference)s")

    assert builder.fingerprint(tmp_path) != before


def test_catalogue_is_compiled_beside_itself(builder, catalogue, tmp_path):
    path = catalogue("Заявка %(reference)s")

    builder.compile_catalogues(tmp_path)

    assert "Заявка".encode() in path.with_suffix(".mo").read_bytes()


def test_catalogue_that_lost_a_placeholder_is_refused(builder, catalogue, tmp_path):
    catalogue("Заявка %(number)s")

    with pytest.raises(builder.CannotBuild, match=r"django\.po:6: unknown named placeholder"):
        builder.compile_catalogues(tmp_path)


def test_failing_step_is_one_line_with_its_reason(builder, tmp_path):
    node = builder.Node("sh", ["sh"])

    with pytest.raises(builder.CannotBuild, match="sass failed: no such colour"):
        node.run("sh", "-c", "echo no such colour >&2; exit 1", folder=tmp_path, doing="sass")


def test_hook_leaves_an_editable_installation_to_make(builder, tmp_path):
    hook = builder.Hook(str(tmp_path), {}, None, None, "", "", None)

    hook.initialize("editable", {})

    assert list(tmp_path.iterdir()) == []
