"""Who meets what at which door, compared with a file written by hand."""

from __future__ import annotations

import pytest
from access_matrix import Counted, expected, look_for_leaks, matrix, unlisted
from django.http import HttpResponse

from kinward.people.properties import PROPERTIES


@pytest.mark.no_cover  # measuring doubles what its thousands of requests take
@pytest.mark.django_db
def test_everybody_meets_what_is_expected_at_every_door(make_client):
    found = matrix(make_client, whole=False)  # every cell is asked by make bench-reliability

    assert "0 leaks, 0 met otherwise" in str(found), found
    assert found.missing == []
    assert found.leaks == []
    assert found.wrong == []
    assert found.cells > 20_000


def test_door_without_an_entry_and_entry_without_a_door_are_missed():
    listed = expected().addresses()

    without = [each for each in listed if "timeline" not in each and "reviews" not in each]

    assert unlisted(listed) == []
    assert unlisted(without) == [
        "children/<uuid:child_id>/timeline/",
        "POST api/candidates/{uuid:candidate_id}/reviews",
    ]
    assert unlisted([*listed, "GET castle/"]) == ["no door: castle/"]


def test_every_kind_of_fact_is_expected_somewhere():
    assert set(expected().content["stands_in"]) == set(PROPERTIES)


def test_leak_is_found():
    wanted, counted = expected(), Counted()
    page = HttpResponse("… child-mark-registrar-emergency-said …")

    look_for_leaks(page, "registrar", "GET children/", wanted, counted)
    look_for_leaks(page, "tracing_officer", "GET children/", wanted, counted)

    assert counted.leaks == ["registrar: GET children/: child mark emergency"]
