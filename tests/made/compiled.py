"""Compiled loops as plain Python, so that they can be followed and compared."""

from __future__ import annotations

from numba.core.dispatcher import Dispatcher


def uncompile(monkeypatch, modules):
    """Put the plain function in the place of every compiled one of these modules."""
    for module in modules:
        for name, thing in list(vars(module).items()):
            if isinstance(thing, Dispatcher):
                monkeypatch.setattr(module, name, thing.py_func)
