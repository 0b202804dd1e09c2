from __future__ import annotations

from datetime import date

import pytest

from kinmatch.dates import Span
from kinmatch.records import Sex
from kinward.access.models import Role
from kinward.people import described
from kinward.people.actions import add_statement, register_group
from kinward.people.models import SaidBy
from kinward.people.rules import Statement
from kinward.tracing import matching
from kinward.tracing.actions import take_request
from kinward.tracing.models import Candidate, Relation, Sought


@pytest.fixture
def registrar(make_user):
    return make_user(role=Role.REGISTRAR, region="IQ-BG")


def only(people):
    (person,) = people
    return person


def test_child_is_compared_by_what_stands_about_it(make_child, registrar, say, at):
    child = make_child(
        "رسلان",
        statements=[
            say("name", text="Руслан"),
            say("sex", code="male"),
            say("born", age=7, as_of="2018-12-30"),
            say("father", text="محمد"),
            say("mother", text="Патимат"),
            say("sibling", text="Заира"),
            say("place_of_birth", text="our old town", code="IQ-NI:mosul"),
            say("last_residence", text="Хутор"),
            say("separated", text="when the bridge fell", edtf="2017-06"),
            say("separated", text="in the spring or the summer", edtf="2017"),
            say("separated_at", text="by the old bridge", code="IQ-NI:tal-afar"),
            say("mark", text="scar"),
            say("contact", text="by the school"),
            Statement(property="mother", answer="refused"),
        ],
        by=registrar,
    )

    found = only(matching.read_people().found)

    assert found.id == str(child.pk)
    assert found.names == ("رسلان", "Руслан")
    assert found.sex == Sex.MALE
    assert found.born == Span(date(2010, 12, 31), date(2011, 12, 30))
    assert (found.father, found.mother, found.siblings) == (("محمد",), ("Патимат",), ("Заира",))
    assert found.places == ("Mosul", "Хутор")
    assert found.separated == Span(date(2017, 6, 1), date(2017, 6, 30))
    assert found.separated_at == ("Tal Afar",)
    assert "bridge" not in str(found)
    assert "scar" not in str(found)
    assert "school" not in str(found)


def test_what_was_corrected_is_not_compared(make_child, registrar, at):
    child = make_child("رسلان", by=registrar)
    right = Statement(property="name", value={"text": "زبيدة"}, corrects=child.assertions.get().pk)
    add_statement(person=child, statement=right, by=registrar, at=at)

    assert only(matching.read_people().found).names == ("زبيدة",)


def test_children_found_together_may_be_siblings(registrar, say, at, agrees):
    said = [[say("name", text=name)] for name in ("رسلان", "زائرة")]
    register_group(children=said, consents=[[agrees]] * 2, by=registrar, at=at)

    found = matching.read_people().found

    assert {person.names: person.siblings for person in found} == {
        ("رسلان",): ("زائرة",),
        ("زائرة",): ("رسلان",),
    }
    assert len({person.group for person in found}) == 1


@pytest.mark.parametrize(
    ("relation", "sex", "father", "mother"),
    [
        (Relation.CHILD, "male", ("Магомед",), ()),
        (Relation.CHILD, "female", (), ("Магомед",)),
        (Relation.CHILD, None, (), ()),
        (Relation.NIBLING, "male", (), ()),
    ],
)
def test_who_asks_for_a_son_or_daughter_is_a_parent(
    make_user, say, at, relative_agrees, relation, sex, father, mother
):
    enquirer = [say("name", text="Магомед", said_by=SaidBy.RELATIVE)]
    take_request(
        enquirer=[*enquirer, *([say("sex", code=sex)] if sex else [])],
        sought=[(relation, [say("name", text="Руслан")])],
        consents=[relative_agrees],
        by=make_user(role=Role.ENQUIRY_WORKER),
        at=at,
    )

    sought = only(matching.read_people().sought)

    assert (sought.father, sought.mother) == (father, mother)


@pytest.mark.parametrize(
    ("births", "expected"),
    [
        ([], None),
        ([{"edtf": "2012"}], Span(date(2012, 1, 1), date(2012, 12, 31))),
        (
            [{"edtf": "2012"}, {"edtf": "2012-05/2013"}],
            Span(date(2012, 5, 1), date(2012, 12, 31)),
        ),
        ([{"edtf": "2012"}, {"edtf": "2014"}], Span(date(2012, 1, 1), date(2014, 12, 31))),
    ],
)
def test_births_are_compared_by_the_days_that_fit(births, expected):
    assert described.born({"born": births}) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([], None), (["male"], Sex.MALE), (["male", "male"], Sex.MALE), (["male", "female"], None)],
)
def test_sex_is_compared_only_when_all_agree(codes, expected):
    assert described.one_sex({"sex": [{"code": code} for code in codes]}) == expected


def test_people_are_read_in_as_many_queries_for_few_as_for_many(
    make_child, make_request, django_assert_num_queries, of_passage
):
    for more in (1, 29):
        for _ in range(more):
            make_child()
            make_request("Руслан")
        with django_assert_num_queries(5 + 2 * of_passage):  # what was judged of records among them
            matching.read_people()


def test_nobody_to_compare_with_gives_no_match(make_child, make_request):
    child = make_child()

    assert matching.find() == []
    assert matching.find_near([child.pk]) == []


def test_enquirer_is_compared_with_nobody(make_child, make_request):
    make_child("رسلان")
    request = make_request("Руслан")

    assert matching.find_near([request.enquirer_id]) == []


def as_figures(matches):
    return {(each.child_id, each.sought_id): each for each in matches}


def test_matches_of_one_person_are_those_of_everybody(
    make_child, make_request, make_user, say, at, agrees
):
    registered = [[say("name", text=name)] for name in ("رسلان محمدوف", "زائرة محمدوفا")]
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    children = register_group(children=registered, consents=[[agrees]] * 2, by=registrar, at=at)
    children.append(make_child("رسلان عليوف"))
    request = make_request("Руслан Магомедов", "Заира Магомедова")
    make_request("Заира Магомедова")
    everybody = as_figures(matching.find())
    assert len(everybody) > 2

    for person in [*children, *(each.person for each in request.sought.all())]:
        own = Sought.objects.filter(person=person).values_list("pk", flat=True)
        mine = {
            pair: match
            for pair, match in everybody.items()
            if person.pk == pair[0] or pair[1] in own
        }

        together = matching.families_of([person.pk])
        near = as_figures(matching.find_near(together))
        assert {pair: near[pair] for pair in mine} == mine


def test_brother_who_is_clearly_sought_speaks_for_a_child(
    make_child, make_request, make_user, say, at, agrees
):
    registered = [
        [say("name", text="رسلان محمدوف"), say("born", edtf="2011-03-04")],
        [say("name", text="زائرة")],
    ]
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    brother, sister = register_group(
        children=registered, consents=[[agrees]] * 2, by=registrar, at=at
    )
    alone = make_child("زائرة")
    with matching.held_back():
        request = make_request("Руслан Магомедов", "Заира Магомедова")
    ruslan, zaira = request.sought.order_by("pk")
    for each in (say("born", edtf="2011-03-04"), say("father", text="Магомед")):
        add_statement(person=ruslan.person, statement=each, by=request.taken_by, at=at)

    found = as_figures(matching.find())

    together = found[sister.pk, zaira.pk]
    assert together.weight > found[alone.pk, zaira.pk].weight
    relatives = [one for one in together.reasons if one["comparison"] == "relatives"]
    assert [(one["level"], one["found_id"], one["sought_id"]) for one in relatives] == [
        ("met", str(brother.pk), str(ruslan.person_id))
    ]
    assert {(one["found_id"], one["sought_id"]) for one in together.alignment} == {
        (str(brother.pk), str(ruslan.person_id)),
        (str(sister.pk), str(zaira.person_id)),
    }


def test_bars_lead_from_the_start_to_the_probability(make_child, make_request):
    child = make_child("رسلان محمدوف")
    sought = make_request("Руслан Магомедов").sought.get()
    (match,) = matching.find()
    figures = {"weight": match.weight, "probability": match.probability, "reasons": match.reasons}

    bars = matching.bars(Candidate(child=child, sought=sought, **figures))

    assert (bars[0].kind, bars[-1].kind) == ("prior", "calibration")
    assert [bar.reason["comparison"] for bar in bars if bar.kind == "rest"] == ["families"]
    bits = sum(bar.bits for bar in bars)
    assert 1 / (1 + 2**-bits) == pytest.approx(match.probability)


def test_a_certain_candidate_has_bars_too(make_candidate):
    bars = matching.bars(make_candidate(weight=70.0, probability=1.0))

    assert [bar.kind for bar in bars] == ["prior", "for", "calibration"]


@pytest.mark.parametrize(
    ("comparison", "language", "words"),
    [
        ("relatives", "en", "Found together"),
        ("relatives", "ar", "عُثر عليهم معًا"),
        ("families", "ru", "Семьи в целом"),
        ("families", "fr", "The families as wholes"),
        ("a comparison of old", "en", "a comparison of old"),
    ],
)
def test_heading_is_that_of_the_library(comparison, language, words):
    assert matching.heading(comparison, language) == words


def test_progress_goes_from_none_to_all(make_child, make_request):
    make_child("رسلان")
    make_request("Руслан")
    told = []

    matching.find(progress=lambda done, whole: told.append(done / whole))

    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_reason_is_said_in_the_language_of_its_reader(language):
    reason = {
        "comparison": "sex",
        "level": "unknown",
        "bits": 0.0,
        "found": "",
        "sought": "male",
    }

    said = {each: matching.say(reason, each) for each in ("en", "ru", "ar", "fr")}

    assert said[language]
    assert len(set(said.values())) == 3
    assert said["fr"] == said["en"]


def test_reason_of_an_earlier_model_still_shows_its_values():
    reason = {
        "comparison": "given",
        "level": "a level of old",
        "bits": 3.5,
        "found": "رسلان",
        "sought": "Руслан",
    }

    assert matching.say(reason, "en") == "رسلان / Руслан"
