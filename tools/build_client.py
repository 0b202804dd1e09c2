"""Write the Python client of the API from its document.

    python tools/build_client.py [--check]

Reads `docs/reference/openapi.json` and `tools/pages/client.txt` (what no document says: sending,
reading, errors), writes `client/kinward_client.py`: one file without dependencies, typed, to be
copied. With --check it only says whether it is out of date.
"""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "reference" / "openapi.json"
FRAME = ROOT / "tools" / "pages" / "client.txt"
CLIENT = ROOT / "client" / "kinward_client.py"
SCALARS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}
FORMATS = {"uuid": "UUID", "date": "date", "date-time": "datetime"}
REFUSED = 400  # from this status on an answer is a refusal


def main() -> int:
    """Write the client, or say whether it is out of date."""
    made = tidied(client(json.loads(DOCUMENT.read_text(encoding="utf-8"))))
    if "--check" in sys.argv[1:]:
        stands = CLIENT.exists() and CLIENT.read_text(encoding="utf-8") == made
        if not stands:
            print(f"{CLIENT.relative_to(ROOT)} is out of date: run python tools/build_client.py")
        return 0 if stands else 1
    CLIENT.write_text(made, encoding="utf-8")
    print(f"{CLIENT.relative_to(ROOT)} written")
    return 0


def client(document: dict[str, Any]) -> str:
    """Return the source of the client of a document."""
    schemas = document["components"]["schemas"]
    shapes = "\n\n".join(shape(name, schema) for name, schema in in_order(schemas))
    methods = "\n\n".join(
        method(path, verb, operation)
        for path, operations in document["paths"].items()
        for verb, operation in operations.items()
    )
    frame = FRAME.read_text(encoding="utf-8")
    return frame.replace("# SHAPES", shapes).replace("    # OPERATIONS", methods)


def in_order(schemas: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return schemas so that each stands behind those it is made of."""
    done: dict[str, Any] = {}

    def add(name: str) -> None:
        if name not in done:
            for other in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schemas[name])):
                if other != name:
                    add(other)
            done[name] = schemas[name]

    for name in schemas:
        add(name)
    return list(done.items())


def shape(name: str, schema: dict[str, Any]) -> str:
    """Return the source of one shape: words as an alias, an object as a class."""
    if "enum" in schema:
        return f"{name} = Literal{[*schema['enum']]}"
    needed = schema.get("required", [])
    fields = []
    for field, of in sorted(
        schema.get("properties", {}).items(), key=lambda one: one[0] not in needed
    ):
        default = "" if field in needed else f" = {default_of(of)}"
        fields.append(f"    {safe(field)}: {typed(of)}{default}")
    body = "\n".join(fields) or "    pass"
    told = schema.get("description", name).splitlines()[0]
    head = f"@dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:"
    return f'{head}\n    """{told}"""\n\n{body}'


def default_of(schema: dict[str, Any]) -> str:
    """Return what stands where nothing was said."""
    default = schema.get("default")
    if isinstance(default, (list, dict)):
        return f"dataclasses.field(default_factory={type(default).__name__})"
    return repr(default)


def typed(schema: dict[str, Any]) -> str:
    """Return the type of a schema, as it is written in Python."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for many in ("anyOf", "allOf"):
        if many in schema:
            kinds = dict.fromkeys(typed(each) for each in schema[many])
            return " | ".join(kinds)
    if "enum" in schema:
        return f"Literal{[*schema['enum']]}"
    if schema.get("type") == "array":
        return f"list[{typed(schema['items'])}]"
    if schema.get("type") == "object":
        of = schema.get("additionalProperties")
        return f"dict[str, {typed(of) if isinstance(of, dict) and of else 'Any'}]"
    return FORMATS.get(schema.get("format", ""), SCALARS.get(schema.get("type", ""), "Any"))


def method(path: str, verb: str, operation: dict[str, Any]) -> str:
    """Return the source of one operation."""
    parameters = operation.get("parameters", [])
    within = [each["name"] for each in parameters if each["in"] == "path"]
    queries = [each for each in parameters if each["in"] == "query"]
    matches = any(each["name"] == "If-Match" for each in parameters)
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    taken = [f"{name}: UUID | str" for name in within]
    if body:
        taken.append(f"body: {typed(body['schema'])}")
    asked = [(each["name"], each["schema"]) for each in queries]
    named = [f"{name}: {typed(of)} = {default_of(of)}" for name, of in asked]
    if matches:
        named.append("seen: str")
    if verb != "get":
        named.append("once: str | None = None")
    signature = ", ".join(["self", *taken, *(["*", *named] if named else [])])
    given = answer(operation)
    name = operation["operationId"].rpartition("_api_")[2]
    sent = [f'"{verb.upper()}"', f'f"{path}"' if within else f'"{path}"', given]
    if queries:
        sent.append("query={" + ", ".join(f'"{q["name"]}": {q["name"]}' for q in queries) + "}")
    sent += ["body=body"] * bool(body) + ["seen=seen"] * matches + ["once=once"] * (verb != "get")
    told = operation.get("description", name).splitlines()[0]
    return (
        f'    def {name}({signature}) -> {given}:\n        """{told}"""\n'
        f"        return self._ask({', '.join(sent)})"
    )


def answer(operation: dict[str, Any]) -> str:
    """Return the type of what an operation answers when it does not refuse."""
    for status, told in operation["responses"].items():
        if int(status) < REFUSED:
            return typed(told["content"]["application/json"]["schema"])
    raise ValueError(operation["operationId"])


def safe(name: str) -> str:
    """Return a name that Python takes."""
    return f"{name}_" if keyword.iskeyword(name) else name


def tidied(source: str) -> str:
    """Return source as ruff formats it."""
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(CLIENT), "-"]
    done = subprocess.run(ruff, input=source, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
