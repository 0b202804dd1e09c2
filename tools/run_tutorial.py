"""Run the Python of a tutorial as a notebook would, and write down what it shows.

    python tools/run_tutorial.py [--check]

The blocks of `docs/tutorials/in-a-notebook.md` run in order in one namespace, in an empty folder
beside a copy of `examples/`. A text block right after one is what it printed, and the value of its
last line. With --check the page stays as it is, and what differs is said.
"""

from __future__ import annotations

import ast
import difflib
import io
import os
import re
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tutorials" / "in-a-notebook.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def shown(code: str, names: dict[str, Any]) -> str:
    """Run one block and return what a notebook shows under it."""
    body = ast.parse(code)
    last = body.body.pop() if isinstance(body.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(body, str(PAGE), "exec"), names)  # noqa: S102 - our own page
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), str(PAGE), "eval"), names)  # noqa: S307 - likewise
            if value is not None:
                print(repr(value))
    return out.getvalue()


def run(page: str) -> str:
    """Return the page with what its blocks show now."""
    names: dict[str, Any] = {}

    def block(found: re.Match[str]) -> str:
        out = shown(found["code"], names)
        return f"```python\n{found['code']}```\n" + (f"\n```text\n{out}```\n" if out else "")

    before = Path.cwd()
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        os.chdir(folder)
        try:
            return BLOCK.sub(block, page)
        finally:
            os.chdir(before)


def main() -> int:
    """Run the page; write it anew, or say what differs."""
    page = PAGE.read_text("utf-8")
    now = run(page)
    if "--check" not in sys.argv:
        PAGE.write_text(now, "utf-8")
        return 0
    differing = difflib.unified_diff(
        page.splitlines(), now.splitlines(), "the page says", "the code shows", lineterm=""
    )
    print("\n".join(differing), end="")
    return int(page != now)


if __name__ == "__main__":
    sys.exit(main())
