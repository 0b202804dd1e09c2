"""Readers come in together, a writer alone, all in the order they came."""

from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from kinmatch.index.sharing import Shared

LONG = 20  # seconds no step of these takes
A_MOMENT = 0.05  # seconds


def started(work):
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_readers_are_in_together():
    lock, together = Shared(), Barrier(2, timeout=LONG)

    def read():
        with lock.reading():
            together.wait()

    threads = [started(read), started(read)]
    for thread in threads:
        thread.join(LONG)

    assert not together.broken
    assert not any(thread.is_alive() for thread in threads)


def test_a_writer_waits_for_readers_and_goes_before_new_ones():
    lock, order = Shared(), []
    reading, leave = Event(), Event()

    def read_first():
        with lock.reading():
            reading.set()
            leave.wait(LONG)
            order.append("first reader")

    def write():
        with lock.writing():
            order.append("writer")

    def read_later():
        with lock.reading():
            order.append("later reader")

    first = started(read_first)
    reading.wait(LONG)
    writer = started(write)
    writer.join(A_MOMENT)
    later = started(read_later)
    later.join(A_MOMENT)
    assert order == []
    leave.set()
    for thread in (first, writer, later):
        thread.join(LONG)

    assert order == ["first reader", "writer", "later reader"]


def test_a_reader_goes_before_a_writer_who_came_later():
    lock, order = Shared(), []
    writing, leave = Event(), Event()

    def write_first():
        with lock.writing():
            writing.set()
            leave.wait(LONG)

    def read():
        with lock.reading():
            order.append("reader")

    def write_later():
        with lock.writing():
            order.append("later writer")

    first = started(write_first)
    writing.wait(LONG)
    reader = started(read)
    reader.join(A_MOMENT)
    later = started(write_later)
    later.join(A_MOMENT)
    leave.set()
    for thread in (first, reader, later):
        thread.join(LONG)

    assert order == ["reader", "later writer"]


def test_nobody_writes_between_what_is_done_first_and_reading():
    lock, order = Shared(), []

    def write():
        with lock.writing():
            order.append("writer")

    def prepare():
        threads.append(started(write))
        threads[0].join(A_MOMENT)
        order.append("prepared")

    threads = []
    with lock.reading(first=prepare):
        threads[0].join(A_MOMENT)
        order.append("read")
    threads[0].join(LONG)

    assert order == ["prepared", "read", "writer"]


def test_a_lock_is_free_again_after_an_error():
    lock = Shared()
    for held in (lock.reading, lock.writing):
        with pytest.raises(ValueError, match="inside"), held():
            raise ValueError("inside")

    def fail():
        raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"), lock.reading(first=fail):
        pass
    with lock.writing():
        pass
