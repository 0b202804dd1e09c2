"""The memory of names in a sealed file: taken up, brought up to date, refused, discarded."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest

from kinward.core.keystore import store
from kinward.people import keeping, memory
from kinward.people.actions import add_statement, record_consent
from kinward.people.consents import Giver, State
from kinward.people.rules import ConsentAnswer

pytestmark = pytest.mark.django_db
WITHDRAWS = ConsentAnswer(state=State.WITHDRAWN, giver=Giver.CHILD)


@pytest.fixture(autouse=True)
def own(settings, tmp_path, monkeypatch):
    """A folder of one test's own, in which even the memory of a few is kept."""
    settings.DATA = tmp_path
    monkeypatch.setattr(memory, "WORTH_KEEPING", 1)


class Reading:
    """Reads who may be searched for, and tells of whom it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, some):
        self.asked.append(some)
        return memory.read_searched(some)

    def process(self):
        """Return a memory as a process that starts has it."""
        return memory.Memory(name="tried", read=self)


def test_process_that_starts_takes_up_what_another_kept(make_child, registrar, say, at):
    first, second = make_child("رسلان محمدوف", by=registrar), make_child("زبيدة", by=registrar)
    read = Reading()
    before = {hit.id: hit for hit in read.process().now().search(memory.asked_for(name="Руслан"))}
    add_statement(person=second, statement=say("father", text="تيمور"), by=registrar, at=at)
    record_consent(person=first, answer=WITHDRAWS, by=registrar, at=at)

    held = read.process()

    assert list(before) == [str(first.pk)]
    assert str(first.pk) not in held.now()
    assert str(second.pk) in held.now()
    assert read.asked == [None, sorted([first.pk, second.pk])]


def test_file_is_sealed_and_one_only(make_child):
    make_child("Руслан")
    Reading().process().now()
    (made,) = keeping.kept("tried")
    Reading().process().now()

    assert keeping.kept("tried") == [made]
    for file in keeping.folder().iterdir():
        assert b"ruslan" not in file.read_bytes().lower()
        assert str(made) in file.name


def test_what_replaces_it_leaves_no_key_of_it(make_child, at):
    make_child()
    index = Reading().process().now()
    (first,) = keeping.kept("tried")

    second = keeping.keep(index, [], name="tried")

    assert keeping.kept("tried") == [second]
    assert [store().count_of([each]) for each in (first, second)] == [0, 1]


def altered(path):
    *kept, last = path.read_bytes()
    path.write_bytes(bytes([*kept, last ^ 1]))


@pytest.mark.parametrize("ending", [keeping.INDEX, keeping.MARKS])
@pytest.mark.parametrize("harm", [altered, Path.unlink, lambda path: path.write_bytes(b"")])
def test_what_was_altered_is_discarded_and_everybody_read(make_child, ending, harm):
    child = make_child("رسلان")
    Reading().process().now()
    (made,) = keeping.kept("tried")
    harm(keeping.path("tried", made, ending))
    read = Reading()

    index = read.process().now()

    assert str(child.pk) in index
    assert read.asked == [None]
    assert keeping.kept("tried") != [made]
    assert store().count_of([made]) == 0


def test_folder_that_cannot_be_written_keeps_nobody_from_searching(make_child, settings):
    child = make_child("رسلان")
    settings.DATA.joinpath("memory").write_text("a file in the way")

    assert str(child.pk) in Reading().process().now()


def test_memory_of_few_is_not_kept(make_child, monkeypatch):
    monkeypatch.setattr(memory, "WORTH_KEEPING", 2)
    make_child()

    Reading().process().now()

    assert not keeping.folder().exists()


def test_who_is_erased_is_in_no_file(make_child, erase):
    staying, going = make_child("زبيدة"), make_child("رسلان")
    Reading().process().now()
    (made,) = keeping.kept("tried")

    erase(going)

    assert store().count_of([made]) == 0
    assert keeping.kept("tried") == []
    index = Reading().process().now()
    assert [str(one.pk) in index for one in (staying, going)] == [True, False]


def test_who_is_erased_while_it_is_written_is_in_no_file(make_child, erase, monkeypatch):
    going, write = make_child("رسلان"), keeping.keep

    def slowly(index, marks, *, name):
        erase(going)
        return write(index, marks, name=name)

    monkeypatch.setattr(keeping, "keep", slowly)
    Reading().process().now()

    assert keeping.kept("tried") == []


@pytest.mark.django_db(transaction=True)
def test_no_page_waits_while_everybody_is_read(make_child, registrar, at):
    child = make_child("رسلان", by=registrar)
    going_on, go = Event(), Event()

    def slowly(some):
        going_on.set()
        go.wait(timeout=20)
        return memory.read_searched(some)

    held = memory.Memory(name="tried", read=slowly, serving=True)
    with pytest.raises(memory.BeingRead):
        held.now()
    assert going_on.wait(timeout=20)
    with pytest.raises(memory.BeingRead, match="being read"):
        held.now()
    assert not held.is_warm()
    go.set()
    while not held.is_warm():
        time.sleep(0.01)

    assert str(child.pk) in held.now()
