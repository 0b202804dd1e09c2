"""Scripts of the front end, bundled as for a browser and run by Node: values in, values out."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FRONT = ROOT / "frontend"
# Values come as JSON on standard input; the answer goes as JSON to standard output.
ENTRY = """
import * as module from {module};
import {{ readFileSync, writeFileSync }} from "node:fs";
const run = {body};
writeFileSync(1, JSON.stringify(run(module, JSON.parse(readFileSync(0, "utf8")))));
"""


def builder():
    """The build of the front end, as a module."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def node():
    """The path of a Node.js: that of the build."""
    return builder().find_node(print).node


def bundled(folder: Path, source: str, *options: str) -> Path:
    """Bundle a script as the build does, and return the file."""
    entry, made = folder / "entry.js", folder / "made.cjs"
    entry.write_text(source, "utf-8")
    esbuild = FRONT / "node_modules" / "esbuild" / "bin" / "esbuild"
    command = [node(), str(esbuild), str(entry), "--bundle", "--log-level=error", *options]
    subprocess.run([*command, f"--outfile={made}"], check=True)
    return made


def run_script(folder: Path, module: str, body: str, given):
    """Return what `body`, a function of a module of `frontend/js` and a value, makes of one."""
    source = ENTRY.format(module=json.dumps(str(FRONT / "js" / module)), body=body)
    made = bundled(folder, source, "--platform=node", "--format=cjs")
    done = subprocess.run(
        [node(), str(made)],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)
