from __future__ import annotations

import pytest

from kinward.places.templatetags.places import language_name, years


@pytest.mark.parametrize(
    ("code", "named"),
    [("ru", "Russian"), ("syc", "Classical Syriac"), ("tkr", "Tsakhur"), ("xqz", "xqz"), ("", "")],
)
def test_language_is_named_as_far_as_anybody_names_it(code, named):
    assert language_name(code) == named


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"from": "1924", "to": "1991"}, "1924 to 1991"),
        ({"to": "1925"}, "until 1925"),
        ({"text": "Umanskaya"}, "earlier"),
    ],
)
def test_years_of_a_former_name_are_told_as_far_as_known(other, said):
    assert years(other) == said
