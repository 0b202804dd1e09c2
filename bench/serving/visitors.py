"""Fifty people at work: each opens lists and records and now and then adds what was said."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

PACE = 5.0  # seconds between two acts of one person, on average
SHARES = {"record": 0.60, "list": 0.22, "write": 0.15, "search": 0.03}
RECORD = re.compile(rb'href="(/(?:children|requests|matches)/[0-9a-f-]{36}/)')
CHILDREN = "/children/"
LISTS = {
    "registrar": ("/", CHILDREN),
    "tracing_officer": ("/", CHILDREN, "/matches/", "/requests/"),
}
NAMES = ("Руслан", "Zaira", "مريم", "Магомед", "Ahmed", "زينب")
WORKED = {200, 302}
STORED = 302  # the page leads on once it is stored


@dataclass(slots=True)
class Tally:
    """What was seen: seconds of each act by kind, and what failed."""

    took: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in SHARES})
    failed: list[str] = field(default_factory=list)


class Visitor(threading.Thread):
    """One person with a session of their own.

    Args:
        port: of the server, on this machine.
        cookies: of a session that is signed in.
        until: the moment to stop, of time.monotonic.
        seed: where chance starts.
        role: what they work as.
    """

    def __init__(
        self, port: int, cookies: str, until: float, seed: int, role: str = "registrar"
    ) -> None:
        super().__init__(daemon=True)
        self.lists = LISTS[role]
        self.port, self.until = port, until
        self.cookies = dict([cookies.split("=", 1)])
        self.chance = random.Random(seed)  # noqa: S311 (made-up work)
        self.seen: dict[str, list[str]] = {}  # of each list, whom it leads to
        self.tally = Tally()

    def run(self) -> None:
        """Work until told to stop."""
        self.open_list(CHILDREN)
        while time.monotonic() < self.until:
            time.sleep(self.chance.expovariate(1 / PACE))
            self.act(self.chance.choices([*SHARES], [*SHARES.values()])[0])

    def act(self, kind: str) -> None:
        """Do one thing, and remember how long the server took."""
        started = time.monotonic()
        try:
            done = getattr(self, kind)()
        except (OSError, http.client.HTTPException) as error:
            self.tally.failed.append(f"{kind}: {type(error).__name__}")
            return
        if done is not None:
            self.tally.took[kind].append(done)
        else:
            self.tally.failed.append(f"{kind} after {time.monotonic() - started:.1f} s")

    def ask(
        self, method: str, path: str, body: dict[str, str] | None = None
    ) -> tuple[int, bytes, float]:
        """Send one request; return status, body and seconds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"https://127.0.0.1:{self.port}/",
            "X-Forwarded-Proto": "https",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.monotonic()
        connection.request(method, path, urlencode(body) if body is not None else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        took = time.monotonic() - started
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, content, took

    def list(self) -> float | None:
        """Open a page of one of the lists they work with."""
        return self.open_list(self.chance.choice(self.lists))

    def open_list(self, path: str) -> float | None:
        """Open one of the first pages of a list, and remember whom it leads to."""
        status, content, took = self.ask("GET", f"{path}?page={self.chance.randint(1, 5)}")
        found = [each.decode() for each in RECORD.findall(content)]
        if found:
            self.seen[path] = found
        return took if status in WORKED else None

    def record(self) -> float | None:
        """Open one child, request or candidate."""
        known = [path for paths in self.seen.values() for path in paths]
        status, _content, took = self.ask("GET", self.chance.choice(known))
        return took if status in WORKED else None

    def search(self) -> float | None:
        """Search by name; the seconds are those of the search."""
        status, content, _took = self.ask("GET", "/find/")
        if status not in WORKED:
            return None
        form = Filled(self.chance.choice(NAMES), of="search")
        form.feed(content.decode())
        asked = form.fields | {"name": form.text, "purpose": "tracing"}
        status, _content, took = self.ask("POST", "/find/", asked)
        return took if status in WORKED else None

    def write(self) -> float | None:
        """Add a statement to one child; the seconds are those of storing it."""
        path = self.chance.choice(self.seen[CHILDREN]) + "facts/language/"
        status, content, _took = self.ask("GET", path)
        if status not in WORKED:
            return None
        form = Filled(f"язык {self.chance.randrange(1000)}")
        form.feed(content.decode())
        status, _content, took = self.ask("POST", path, form.fields)
        return took if status == STORED else None


class Filled(HTMLParser):
    """The form `of` a page, filled in: texts with `text`, choices with the first one."""

    def __init__(self, text: str, *, of: str = "statement") -> None:
        super().__init__()
        self.text, self.of = text, of
        self.fields: dict[str, str] = {}
        self.inside = False
        self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field in."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("id") == self.of
        elif self.inside and tag == "select":
            self.choice = told["name"]
        elif self.inside and tag == "option" and self.choice:
            if "selected" in told or self.choice not in self.fields:
                self.fields[self.choice] = told.get("value", "")
        elif self.inside and tag in {"input", "textarea"} and told.get("name"):
            self.take(told)

    def take(self, told: dict[str, str]) -> None:
        """Fill one field in."""
        name, kind = told["name"], told.get("type", "text")
        if kind == "radio":
            if "checked" in told or name not in self.fields:
                self.fields[name] = told["value"]
        elif kind == "hidden" or told.get("value"):
            self.fields[name] = told.get("value", "")
        elif name.endswith("-text"):
            self.fields[name] = self.text
