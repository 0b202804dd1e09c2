"""Our own files hold no label, whatever kind of file it is."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kinward.core.vocabulary.linting import lint

LABELLED = {
    "states.py": 'class State:\n    BOYEVIK = "боевик"\n',
    "fields.py": "class Person:\n    risk_level = 1\n",
    "page.html": "<p>\nAn ISIS child</p>",
    "django.po": 'msgid "x"\nmsgstr "إرهابي"\n',
    "codes.yaml": "codes:\n  - id: security_risk\n",
    "columns.csv": "name,affiliation\nA,B\n",
    "guide.md": "# A guide\n\nHow to note a terrorist.\n",
}


@pytest.mark.parametrize(("name", "text"), sorted(LABELLED.items()))
def test_label_in_a_file_of_ours_is_found_on_its_line(tmp_path, name, text):
    (tmp_path / name).write_text(text)

    (slip,) = lint([tmp_path])

    assert (slip.path.name, text.splitlines()[slip.line - 1]) == (
        name,
        next(line for line in text.splitlines() if slip.found.written in line),
    )


def test_page_may_quote_what_it_explains(tmp_path):
    (tmp_path / "refusals.md").write_text("Labels such as `terrorist` are refused.\n")

    assert list(lint([tmp_path])) == []


def test_command_names_the_line_and_fails(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("one\nan ISIS child\n")
    said = StringIO()

    with pytest.raises(CommandError, match="1 labels"):
        call_command("lint_vocabulary", page, stdout=said)

    assert said.getvalue() == f"{page}:2: 'ISIS' (isis)\n"


def test_command_is_content_with_clean_files(tmp_path):
    (tmp_path / "page.html").write_text("a child")
    said = StringIO()

    call_command("lint_vocabulary", tmp_path, stdout=said)

    assert said.getvalue() == "No label.\n"
