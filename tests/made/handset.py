"""Hands on a phone: what a registrar does in the application of the field, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSPHRASE = "four made-up words here"
DURESS = "another four made-up words"
# Everything that lies in the browser's store, bytes as signs of one byte and as UTF-8.
DUMP = """async () => {
  const seen = [];
  const read = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer ?? value);
      seen.push(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
      seen.push(new TextDecoder().decode(bytes));
    } else if (value && typeof value === "object") {
      for (const [key, each] of Object.entries(value)) { seen.push(key); read(each); }
    } else seen.push(String(value));
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    for (const store of database.objectStoreNames) {
      seen.push(`store ${store}`);
      read(await new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      }));
    }
    database.close();
  }
  read({ ...localStorage });
  read({ ...sessionStorage });
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) seen.push(request.url);
  }
  return seen.join("\\n");
}"""
ROWS = """(store) => new Promise((resolve) => {
  const asked = indexedDB.open("kinward-field");
  asked.onsuccess = () => {
    const all = asked.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { asked.result.close(); resolve(all.result.map((row) => row.id)); };
  };
})"""


class Handset:
    """A phone in somebody's hands."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = f"{url}/field/"

    def open(self, at: str = "") -> None:
        """Load the page, from the network or as the worker keeps it."""
        self.page.goto("about:blank")  # another "#" alone would load nothing
        self.page.goto(self.url + at)
        expect(self.page.locator("main h1")).to_be_visible()

    def enrol(self, token: str, *, duress: str = "") -> None:
        """Set the phone up, and wait until the worker keeps the page and the forms are here."""
        self.open(f"#/enrol/{token}")
        self.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        self.page.locator("#phone-name").fill("made-up phone")
        for field in ("#passphrase", "#passphrase-again"):
            self.page.locator(field).fill(PASSPHRASE)
        if duress:
            self.page.locator("summary").click()
            self.page.locator("#duress").fill(duress)
        self.page.locator("#enrol").click()
        self.in_contact()

    def in_contact(self) -> None:
        """Wait until all was sent and asked."""
        self.go("#/")
        expect(self.page.locator('#sync[data-status="idle"]')).to_be_visible()
        expect(self.page.locator("a[href='#/new/child']")).to_be_visible()

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Type a passphrase into a locked phone."""
        self.page.locator("#unlock").fill(passphrase)
        self.page.locator("#unlock-go").click()

    def opened(self, at: str = "") -> None:
        """Load the page, unlock it, and wait for what comes then."""
        self.open(at)
        self.unlock()
        expect(self.page.locator("#lock")).to_be_visible()

    def go(self, to: str) -> None:
        """Go to a screen of the application."""
        self.page.evaluate("(to) => { location.hash = to; }", to)
        expect(self.page.locator(f'main[data-at="{to}"]')).to_be_visible()

    def ask(self, question: str) -> None:
        """Go on to the page of the draft that asks this."""
        draft = self.page.url.split("#/draft/")[1].split("/")[0]
        for number in range(20):
            self.go(f"#/draft/{draft}/{number}")
            if self.page.locator(f"[data-question={question}]:visible").count():
                return
        raise AssertionError(f"no page asks {question}")

    def choose(self, question: str, answer: str) -> None:
        """Choose one of the answers that are shown."""
        self.page.locator(f"input[name='q-{question}'][value='{answer}']").check()

    def register(self, name: str, *, born: str = "") -> str:
        """Write the draft of a child who agrees to be looked for; return its id."""
        self.page.evaluate("() => { location.hash = '#/new/child'; }")
        expect(self.page.locator("[data-question=tracing]")).to_be_visible()
        self.choose("tracing", "given")
        self.choose("tracing-giver", "child")
        self.ask("said_by")
        self.choose("said_by", "child")
        self.ask("name")
        self.page.locator("#q-name-0").fill(name)
        if born:
            self.ask("born_on")
            self.page.locator("#q-born_on").fill(born)
        draft = self.page.url.split("#/draft/")[1].split("/")[0]
        self.go("#/drafts")
        return draft

    def finish_all(self) -> None:
        """Finish every draft that is fit for it."""
        self.go("#/finish")
        self.page.locator("#finish").click()
        expect(self.page.locator('main[data-at="#/ready"]')).to_be_visible()

    def send(self) -> None:
        """Press "Send now", and wait until the queue is empty."""
        self.go("#/")
        self.page.locator("#send-now").click()
        expect(self.page.locator("a[href='#/ready'] .kf-count__number")).to_have_text("0")

    def count(self, name: str) -> str:
        """Return how many there are: of "drafts", "ready" or "sent"."""
        return self.page.locator(f"a[href='#/{name}'] .kf-count__number").inner_text()

    def rows(self, store: str) -> list[str]:
        """Return the ids of what lies in a part of the store."""
        found: list[str] = self.page.evaluate(ROWS, store)
        return found

    def dump(self) -> str:
        """Return all that lies in the store of the browser, as who took the phone reads it."""
        text: str = self.page.evaluate(DUMP)
        return text
