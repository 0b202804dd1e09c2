"""The tables of sounds are what training on the public lists gives."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.external
def test_tables_of_sounds_are_what_training_gives(vectors):
    done = subprocess.run(
        [sys.executable, "tools/train_names.py", "--check"],
        cwd=ROOT,
        env={"KINWARD_VECTORS": str(vectors), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
