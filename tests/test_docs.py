"""The documents say what is true: made pages are current, what README shows is what runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def run(*command: str, program: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_reference_pages_are_current():
    done = run("tools/build_reference.py", "--check")

    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_tutorial_shows_what_its_code_shows():
    done = run("tools/run_tutorial.py", "--check")

    assert done.stdout == "", done.stderr
    assert done.returncode == 0


def test_locks_hold_what_is_asked_for():
    done = run("tools/check_locks.py")

    assert done.stdout == ""
    assert done.returncode == 0


def test_documentation_builds_without_a_warning(tmp_path):
    done = run("-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "index.html").exists()


def test_readme_shows_what_link_prints(tmp_path):
    shown = re.search(r"```console\n\$ (kinmatch link [^\n]+)\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    words = shown[1].replace("candidates.csv", str(tmp_path / "candidates.csv"))
    words = words.replace("report.html", str(tmp_path / "report.html")).split()

    done = run(*words[1:], program=str(Path(sys.executable).parent / "kinmatch"))

    assert done.returncode == 0, done.stderr
    printed = (done.stdout + done.stderr).replace(f"{tmp_path}/", "")
    assert shown[2].strip() in printed


@pytest.mark.parametrize("target", re.findall(r"`make ([a-z-]+)", README))
def test_readme_names_targets_that_exist(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_readme_links_lead_somewhere(link):
    assert (ROOT / link).exists()
