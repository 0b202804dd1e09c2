# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

import re
from collections import Counter
from datetime import date
from random import Random

from kinmatch.synth.parts import customs
from kinward.demo.caseload import FIRST_DECOY, FIRST_RIVAL, made_up
from kinward.demo.requests import RELATIVES, Desk
from kinward.demo.scenario import LANDED_ON, data, torn_families
from kinward.people.models import Answer
from kinward.people.rules import fault
from kinward.tracing.models import Relation

GAZETTEER = {"RU-DA:makhachkala", "IQ-NI:mosul", "IQ-BG"}
ARABIC = re.compile(r"[\u0600-\u06ff ]+")


def children_of(caseload):
    return [child for together in caseload.registered for child in together.children]


def said(statements, kind):
    return [one.value.get("text") for one in statements if one.property == kind and one.value]


def own_requests(caseload):
    return [asked for asked in caseload.asked if asked.family < FIRST_RIVAL]


def test_made_up_is_the_same_each_time(caseload):
    assert made_up(GAZETTEER) == caseload


def test_made_up_differs_for_another_seed(caseload):
    assert made_up(GAZETTEER, seed=1) != caseload


def test_thirty_children_are_registered(caseload):
    keys = [child.key for child in children_of(caseload)]

    assert len(keys) == len(set(keys)) == 30


def test_children_are_three_to_ten_years_old_on_the_day():
    families = torn_families(Random(1))

    ages = [child.age_on(LANDED_ON) for torn in families for child in torn.family.children]
    assert (len(ages), min(ages), max(ages)) == (30, 3, 10)


def test_children_have_the_ages_written_down():
    families = torn_families(Random(1))
    entries = data("families")["families"]

    assert [[child.age_on(LANDED_ON) for child in torn.family.children] for torn in families] == [
        [child["age"] for child in entry["children"]] for entry in entries
    ]


def test_children_come_from_the_regions_of_the_story():
    families = torn_families(Random(1))

    regions = Counter(
        torn.family.home.code.partition(":")[0] for torn in families for _ in torn.children
    )
    assert regions == {"RU-DA": 24, "RU-CE": 3, "TJ": 1, "KG": 1, "RU-AST": 1}


def test_half_siblings_share_their_father_only():
    families = torn_families(Random(1))

    with_two_wives = [torn.family for torn in families if len(torn.family.households) > 1]
    assert len(with_two_wives) == 1
    assert len({child.father for child in with_two_wives[0].children}) == 1
    assert len({child.mother for child in with_two_wives[0].children}) == 2


def test_children_are_registered_in_the_months_before(caseload):
    days = [together.at.date() for together in caseload.registered]

    assert date(2018, 8, 1) < min(days) < max(days) < LANDED_ON
    assert days == sorted(days)


def test_children_are_written_down_in_arabic_script(caseload):
    written = [
        text
        for child in children_of(caseload)
        for kind in ("name", "father", "mother", "sibling", "found_at", "relatives_region")
        for text in said(child.statements, kind)
    ]

    assert [text for text in written if not ARABIC.fullmatch(text)] == []


def test_two_children_have_no_name(caseload):
    nameless = [child for child in children_of(caseload) if not said(child.statements, "name")]

    assert len(nameless) == 2
    assert {
        one.answer for child in nameless for one in child.statements if one.property == "name"
    } == {Answer.UNKNOWN}


def test_some_children_have_a_given_name_and_a_kunya_only(caseload):
    names = [text for child in children_of(caseload) for text in said(child.statements, "name")]

    assert sum("أبو" in name or "ابو" in name for name in names) >= 3


def test_some_children_have_a_nisba_for_a_family_name(caseload):
    nisbas = customs()["dagestan"].nisbas
    names = [text for child in children_of(caseload) for text in said(child.statements, "name")]

    assert sum(name.split()[-1] in nisbas for name in names) >= 3


def test_siblings_are_registered_together(caseload):
    sizes = sorted(len(together.children) for together in caseload.registered)

    assert sizes == [1] * 11 + [2] * 6 + [3] + [4]
    assert all(together.note for together in caseload.registered if len(together.children) > 1)


def test_siblings_registered_apart_name_one_another(caseload):
    naming = [child for child in children_of(caseload) if said(child.statements, "sibling")]

    assert {child.key[0] for child in naming} == {2}
    assert sorted(len(said(child.statements, "sibling")) for child in naming) == [1, 1, 2]


def test_ages_are_guessed_with_the_day_of_the_guess(caseload):
    births = [
        one for child in children_of(caseload) for one in child.statements if one.property == "born"
    ]

    assert len(births) == 30
    assert {tuple(sorted(one.value)) for one in births} == {("age", "as_of")}
    assert {one.value["as_of"] for one in births} == {one.as_of for one in births}


def test_four_children_are_sought_by_nobody(caseload):
    sought = {key for asked in caseload.asked for key in asked.keys}

    unsought = {child.key for child in children_of(caseload)} - sought
    assert {family for family, _ in unsought} == {5, 11, 16}
    assert len(unsought) == 4


def test_one_child_is_claimed_by_two_families(caseload):
    (rival,) = [asked for asked in caseload.asked if FIRST_RIVAL <= asked.family < FIRST_DECOY]
    (own,) = [asked for asked in caseload.asked if asked.family == 7]

    def given_name(asked):
        return asked.sought[0][1][0].value["text"].split()

    assert set(given_name(rival)) & set(given_name(own)) != set()
    assert said(rival.sought[0][1], "mother") != said(own.sought[0][1], "mother")


def test_four_hundred_requests_are_taken(caseload):
    assert len(caseload.asked) == 400
    assert [asked.at for asked in caseload.asked] == sorted(asked.at for asked in caseload.asked)


def test_requests_come_in_three_languages_most_in_russian(caseload):
    languages = Counter(asked.language for asked in caseload.asked)

    assert set(languages) == {"ru", "fr", "de"}
    assert languages["ru"] > 300
    assert min(languages["fr"], languages["de"]) >= 15


def test_russian_requests_bear_patronymics(caseload):
    names = [
        text
        for asked in caseload.asked
        if asked.language == "ru"
        for _, statements in asked.sought
        for text in said(statements, "father")
    ]

    with_patronymic = [name for name in names if re.search(r"[еи]ч\b", name)]
    assert len(with_patronymic) > 0.8 * len(names)


def test_requests_come_from_the_regions_of_the_story(caseload):
    regions = Counter(asked.region for asked in caseload.asked)

    assert {"RU-DA", "RU-CE", "TJ", "RU-AST", "KG", "FR", "DE", "FR-IDF", "DE-BE"} <= set(regions)
    assert regions.most_common(1)[0][0] == "RU-DA"


def test_requests_ask_for_one_to_several_children(caseload):
    sizes = Counter(len(asked.sought) for asked in caseload.asked)

    assert min(sizes) == 1
    assert max(sizes) >= 4


def test_every_relative_tells_a_story_without_gaps(caseload):
    told = [asked.told for asked in caseload.asked]

    assert [text for text in told if "{" in text or "None" in text or not text] == []
    assert [text for text in told if ".." in text] == []


def test_stories_exist_for_every_relative_in_every_language():
    words = data("told")

    kinds = {"between", "born", "unnamed", "children", "place", "close", *RELATIVES}
    assert {language: set(words[language]) for language in words} == dict.fromkeys(words, kinds)


def test_mothers_kin_ask_for_her_children_only(caseload):
    (aunt,) = [
        asked for asked in own_requests(caseload) if asked.family == 1 and len(asked.keys) == 2
    ]
    (grandmother,) = [
        asked for asked in own_requests(caseload) if asked.family == 1 and len(asked.keys) == 3
    ]

    assert {relation for relation, _ in aunt.sought} == {Relation.SISTERS_CHILD}
    assert {relation for relation, _ in grandmother.sought} == {Relation.SONS_CHILD}


def test_enquirers_of_the_fathers_side_bear_his_family_name(caseload):
    (grandmother,) = [
        asked for asked in own_requests(caseload) if len(asked.keys) == 3 and asked.family == 1
    ]

    (who,) = said(grandmother.enquirer, "name")
    (father,) = said(grandmother.sought[0][1], "father")
    stems = {word.removesuffix("а") for word in who.split()}
    assert stems & set(father.split()) != set()


def test_every_statement_can_be_stored(caseload):
    statements = [one for child in children_of(caseload) for one in child.statements]
    statements += [one for asked in caseload.asked for one in asked.enquirer]
    statements += [one for asked in caseload.asked for _, about in asked.sought for one in about]

    assert [one for one in statements if fault(one)] == []


def test_places_have_a_code_only_if_the_gazetteer_has_it(caseload):
    places = [
        one.value
        for asked in caseload.asked
        for _, about in asked.sought
        for one in about
        if one.property in {"last_residence", "relatives_region"}
    ]

    assert {value["code"] for value in places if "code" in value} == GAZETTEER
    assert [value for value in places if "code" not in value] != []


def test_region_is_where_the_relative_lives():
    desk = Desk(Random(1), ())
    family = torn_families(Random(1))[0].family

    assert desk.region(family, "ru") == "RU-DA"
    assert desk.region(family, "fr") == "FR"
