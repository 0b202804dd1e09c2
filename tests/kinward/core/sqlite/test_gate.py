from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

from kinward.core.sqlite.gate import Gate

# Holds the gate at the path given, says so, and waits to be killed.
HOLDER = """
import sys, time
from pathlib import Path
from kinward.core.sqlite.gate import Gate
Gate(Path(sys.argv[1]), timeout=1).enter()
print("held", flush=True)
time.sleep(60)
"""


def test_gate_keeps_the_next_one_out_until_it_is_left(tmp_path):
    path = tmp_path / "gate"
    first, second = Gate(path, timeout=0), Gate(path, timeout=0)

    assert (first.enter(), second.enter()) == (True, False)
    first.leave()

    assert (second.enter(), first.enter()) == (True, False)


def test_gate_may_be_entered_again_by_who_holds_it_and_left_by_who_does_not(tmp_path):
    path = tmp_path / "gate"
    first, second = Gate(path, timeout=0), Gate(path, timeout=0)
    first.enter()

    second.leave()

    assert (first.enter(), second.enter()) == (True, False)


def test_gate_lets_the_next_one_in_who_waits(tmp_path):
    path = tmp_path / "gate"
    first, second = Gate(path, timeout=0), Gate(path, timeout=30)
    first.enter()
    waiter = threading.Thread(target=second.enter)
    waiter.start()
    time.sleep(0.05)
    early = second.held

    first.leave()
    waiter.join()

    assert early is None
    assert second.held is not None


def test_gate_of_a_killed_process_is_open(tmp_path):
    path = tmp_path / "gate"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE)
    held = holder.stdout.readline()
    gate = Gate(path, timeout=0)
    kept_out = gate.enter()

    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    assert (held, kept_out) == (b"held\n", False)
    assert gate.enter() is True


def test_gate_left_is_left_by_the_copies_of_a_fork_too(tmp_path):
    path = tmp_path / "gate"
    first, second = Gate(path, timeout=0), Gate(path, timeout=0)
    first.enter()
    copy = os.dup(first.held)

    first.leave()

    assert second.enter() is True
    os.close(copy)
