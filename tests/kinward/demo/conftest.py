"""The made-up caseload, made once: it is the same each time."""

from __future__ import annotations

import pytest

from kinward.demo.caseload import made_up

GAZETTEER = {"RU-DA:makhachkala", "IQ-NI:mosul", "IQ-BG"}


@pytest.fixture(scope="session")
def caseload():
    return made_up(GAZETTEER)
