from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from typed import RELATIVES_CONSENT as CONSENT

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.tracing.models import Candidate, Request

pytestmark = pytest.mark.django_db

CIRCUMSTANCES = {"said_by": "relative", "method": "interview", "certainty": "probable"}
HTMX = {"HX-Request": "true"}
ENQUIRER = ["name", "sex", "language", "contact"]
SOUGHT = ["name", "sex", "born", "father", "mother", "sibling"]
MORE = ["place_of_birth", "last_residence", "separated", "separated_at"]


def request_form(*, sought: int = 1, **typed) -> dict[str, str]:
    asked = [f"enquirer-{each}-0-answer" for each in ENQUIRER]
    asked += [f"sought-{n}-{each}-0-answer" for n in range(sought) for each in [*SOUGHT, *MORE]]
    relations = {f"sought-{n}-relation": "grandchild" for n in range(sought)}
    answers = dict.fromkeys(asked, "not_asked")
    return (
        CONSENT
        | CIRCUMSTANCES
        | {"language": "ru", "region": "", "through": "self"}
        | answers
        | relations
        | typed
    )


def reads(action: str, user) -> set[str]:
    events = Event.objects.filter(action=action, actor=user.username)
    return set(events.values_list("object_id", flat=True))


# The list


def test_list_shows_who_asks_and_who_is_looked_for(client, worker, make_request):
    request = make_request("Руслан", "Заира", enquirer="Патимат")

    page = client.get("/requests/").content.decode()

    for shown in ("Патимат", "Patimat", "Руслан", "Заира", request.reference):
        assert shown in page


def test_list_writes_down_whom_it_showed(client, worker, make_request):
    request = make_request("Руслан", "Заира")

    client.get("/requests/")

    people = {str(request.enquirer_id), *(str(each.person_id) for each in request.sought.all())}
    assert reads("tracing.listed", worker) == {str(request.pk)}
    assert reads("people.listed", worker) == people


def test_list_hides_requests_of_other_regions(client, worker, make_request):
    mine, other = make_request(region="RU-DA"), make_request(region="RU-CE")

    page = client.get("/requests/").content.decode()

    assert mine.reference in page
    assert other.reference not in page


def test_list_costs_the_same_for_one_request_and_for_ten(
    client, officer, make_request, django_assert_max_num_queries
):
    make_request("Руслан", "Заира")
    client.get("/requests/")
    with django_assert_max_num_queries(40) as one:
        client.get("/requests/")
    cost = len(one)
    for _ in range(9):  # more, and the brake on reading looks closer
        make_request("Руслан", "Заира")

    with django_assert_max_num_queries(cost):
        client.get("/requests/")


def test_list_is_found_by_reference(client, officer, make_request):
    wanted, _other = make_request(), make_request()

    page = client.get("/requests/", {"reference": wanted.reference.lower()})

    assert [each.pk for each in page.context["page"]] == [wanted.pk]


def test_list_says_what_would_fill_it(client, officer):
    assert "No request has been taken yet." in client.get("/requests/").content.decode()


def test_list_says_that_no_reference_is_like_that(client, officer, make_request):
    make_request()

    page = client.get("/requests/", {"reference": "R-XXX"}).content.decode()

    assert "No request with this reference may be seen by you." in page


def test_list_is_refused_to_roles_without_requests(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    assert client.get("/requests/").status_code == 403


# One request


def test_request_shows_what_was_told_before_anything_else(client, worker, make_request):
    request = make_request("Руслан", told="Ищу внука.")

    page = client.get(reverse("tracing:request", args=[request.pk])).content.decode()

    assert page.index("Ищу внука.") < page.index("Руслан")
    assert '<blockquote class="kw-told" dir="auto" lang="ru">' in page


def test_request_shows_each_sought_person_with_their_own_candidates(
    client, officer, make_request, make_candidate, make_child
):
    request, child = make_request("Руслан"), make_child("رسلان")
    Candidate.objects.all().delete()
    make_candidate(child=child, request=request)

    page = client.get(reverse("tracing:request", args=[request.pk])).content.decode()

    assert "1 candidate" in page
    assert child.reference in page
    assert "very likely the same" in page


def test_request_hides_candidates_from_who_may_not_see_them(
    client, worker, make_request, make_candidate, make_child
):
    request, child = make_request("Руслан"), make_child("رسلان")
    Candidate.objects.all().delete()
    make_candidate(child=child, request=request)

    page = client.get(reverse("tracing:request", args=[request.pk])).content.decode()

    assert "Руслан" in page
    assert child.reference not in page
    assert "رسلان" not in page


def test_request_says_what_people_are_to_each_other_only_to_who_reads_names(
    client, make_user, make_request
):
    request = make_request("Руслан")
    relation = request.sought.get().get_relation_display()
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    pages = [
        client.get(address).content.decode()
        for address in ("/requests/", reverse("tracing:request", args=[request.pk]))
    ]

    assert [relation in page for page in pages] == [False, False]


def test_request_writes_down_that_its_candidates_were_listed(
    client, officer, make_request, make_candidate, make_child
):
    request, child = make_request("Руслан"), make_child("رسلان")
    Candidate.objects.all().delete()
    candidate = make_candidate(child=child, request=request)

    client.get(reverse("tracing:request", args=[request.pk]))

    assert reads("tracing.listed", officer) == {str(candidate.pk)}


def test_request_writes_down_that_it_was_read_with_everyone_shown_in_it(
    client, officer, make_request, make_candidate, make_child
):
    request, child = make_request("Руслан"), make_child("رسلان")
    Candidate.objects.all().delete()
    make_candidate(child=child, request=request)

    client.get(reverse("tracing:request", args=[request.pk]))

    assert reads("tracing.read", officer) == {str(request.pk)}
    assert reads("people.read", officer) == {str(request.sought.get().person_id)}
    assert reads("people.listed", officer) == {str(child.pk)}


@pytest.mark.parametrize("name", ["tracing:request", "tracing:request_history"])
def test_unseen_request_and_absent_request_look_alike(client, worker, make_request, name):
    unseen = make_request(region="RU-CE")

    assert client.get(reverse(name, args=[unseen.pk])).status_code == 404
    assert client.get(reverse(name, args=[uuid4()])).status_code == 404
    assert reads("tracing.read", worker) == set()


def test_request_history_shows_who_read_it(client, officer, make_request):
    request = make_request()
    client.get(reverse("tracing:request", args=[request.pk]))

    page = client.get(reverse("tracing:request_history", args=[request.pk])).content.decode()

    assert "request taken" in page
    assert "anna" in page


# Taking one


def test_take_stores_several_people_with_what_is_said_about_them(client, worker):
    typed = request_form(
        sought=2,
        **{
            "told": "Ищу детей моей дочери.",
            "enquirer-name-0-text": "Патимат",
            "enquirer-contact-0-text": "через соседку",
            "sought-0-name-0-text": "Руслан",
            "sought-0-born-0-edtf": "2012-05",
            "sought-1-name-0-answer": "unknown",
            "sought-1-relation": "nibling",
        },
    )

    response = client.post("/requests/take/", typed)

    request = Request.objects.get()
    assert response["Location"] == reverse("tracing:request", args=[request.pk])
    assert (request.told, request.language, request.region) == (
        "Ищу детей моей дочери.",
        "ru",
        "RU-DA",
    )
    first, second = request.sought.all()
    assert (first.relation, second.relation) == ("grandchild", "nibling")
    assert first.person.assertions.get(property="name").value["text"] == "Руслан"
    assert second.person.assertions.get(property="name").answer == "unknown"
    name = request.enquirer.assertions.get(property="name")
    assert (name.value["text"], name.said_by) == ("Патимат", "relative")


def test_take_works_for_the_region_of_an_office_that_was_chosen(client, worker, make_user):
    make_user("zaira", role=Role.ENQUIRY_WORKER, region="RU-CE")
    client.post("/requests/take/", request_form(region="RU-CE"))

    assert Request.objects.get().region == "RU-CE"


def test_take_says_by_default_that_a_relative_says_so(client, worker):
    page = client.get("/requests/take/").content.decode()

    assert '<option value="relative" selected>' in page


def test_take_adds_another_person_and_keeps_what_was_typed(client, worker):
    typed = request_form(**{"sought-0-name-0-text": "Руслан", "add_another": "sought"})

    response = client.post("/requests/take/", typed, headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 200
    assert page.lstrip().startswith('<div id="page">')
    assert 'value="Руслан"' in page
    assert 'name="sought-1-name-0-text"' in page
    assert 'name="sought-2-name-0-text"' not in page
    assert not Request.objects.exists()


def test_take_adds_a_person_of_whom_nothing_is_asked_yet(client, worker):
    typed = request_form(**{"sought-0-name-0-answer": "refused", "add_another": "sought"})

    questions = client.post("/requests/take/", typed).context["questions"]

    answers = [form["answer"].value() for form in questions.sought[1].said.forms]
    assert answers == ["not_asked"] * len(answers)


def test_take_adds_another_name_of_the_second_person_only(client, worker):
    typed = request_form(sought=2, add_another="sought-1-name")

    page = client.post("/requests/take/", typed).content.decode()

    assert 'name="sought-1-name-1-text"' in page
    assert 'name="sought-0-name-1-text"' not in page


def test_take_stops_adding_people_at_some_point(client, worker):
    page = client.post("/requests/take/", request_form(sought=12, add_another="sought"))

    assert b'name="sought-12-relation"' not in page.content
    assert b'value="sought"' not in page.content


def test_take_says_what_is_to_be_corrected_and_stores_nothing(client, worker):
    typed = request_form(**{"sought-0-born-0-edtf": "давно", "sought-0-relation": "stranger"})

    response = client.post("/requests/take/", typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_sought-0-born-0-edtf"' in page
    assert 'href="#id_sought-0-relation"' in page
    assert not Request.objects.exists()


def test_take_keeps_what_was_typed_in_another_language(client, worker):
    typed = request_form(told="Ищу внука.", switch_language="ru")

    page = client.post("/requests/take/", typed).content.decode()

    assert '<html lang="ru"' in page
    assert "Ищу внука." in page
    assert not Request.objects.exists()


def test_take_is_refused_to_who_does_not_take_requests(client, officer):
    assert client.get("/requests/take/").status_code == 403
    assert client.post("/requests/take/", request_form()).status_code == 403
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("through", "whom", "status"),
    [("lawyer", "", 422), ("lawyer", "Made-up Chambers, 12", 302), ("anonymous", "Testova", 422)],
)
def test_request_is_taken_through_somebody(client, worker, through, whom, status):
    sent = request_form(through=through, through_whom=whom)

    assert client.post("/requests/take/", sent).status_code == status
