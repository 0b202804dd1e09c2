"""Names in readable Latin letters."""

import pytest

from kinmatch.names import romanise


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Руслан Магомедов", "Ruslan Magomedov"),
        ("Евлоев", "Yevloyev"),
        ("Хадижат", "Khadizhat"),
        ("Гӏайрбеков", "Ghayrbekov"),
        ("محمد", "Muhammad"),
        ("عبد الرحمن بن محمد", "Abd al-Rahman bin Muhammad"),
        ("الشيشاني", "al-Shishani"),
        ("توران", "Turan"),
        ("اوزان", "Uzan"),
        ("ايلان", "Ilan"),
        ("ترانه", "Trana"),
        ("Rima Toran", "Rima Toran"),
        ("", ""),
    ],
)
def test_romanise_writes_names_for_people(written, latin):
    found = romanise(written)

    assert found == latin
