"""Parts of the application that need no screen, run by Node: what a form asks, what is sealed."""

from __future__ import annotations

import base64
import importlib.util
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kinward.field.definitions import FORMS

ROOT = Path(__file__).parents[3]
FRONT = ROOT / "frontend"
AGREED = {"tracing": {"state": "given", "giver": "child"}}


@pytest.fixture(scope="module")
def node():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.find_node(print).node


@pytest.fixture(scope="module")
def ask(node, tmp_path_factory):
    """Run a script that imports modules of the application: ask("bytes.js", "uuid7()", given)."""

    def run(module, expression, *given):
        folder = tmp_path_factory.mktemp("script")
        entry = folder / "entry.js"
        entry.write_text(
            f"import * as it from {json.dumps(str(FRONT / 'js' / 'field' / module))};\n"
            f"const given = {json.dumps(given)};\n"
            f"Promise.resolve(((it, given) => ({expression}))(it, given))"
            ".then((said) => console.log(JSON.stringify(said ?? null)));\n"
        )
        esbuild = FRONT / "node_modules" / "esbuild" / "bin" / "esbuild"
        bundle = folder / "bundle.mjs"
        subprocess.run(
            [node, esbuild, entry, "--bundle", "--format=esm", f"--outfile={bundle}"],
            check=True,
            capture_output=True,
        )
        done = subprocess.run([node, bundle], check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def child():
    return FORMS["child"].told() | {"version": FORMS["child"].version}


def draft(**answers):
    return {"answers": {"said_by": "child", **answers}, "consents": AGREED}


def test_name_of_an_entry_is_a_uuid_of_its_time(ask):
    at = datetime(2026, 5, 1, tzinfo=UTC)

    name = UUID(ask("bytes.js", "it.uuid7(given[0])", at.timestamp() * 1000))

    assert (name.version, name.variant) == (7, "specified in RFC 4122")
    assert name.int >> 80 == int(at.timestamp() * 1000)


def test_dates_are_taken_as_far_as_they_are_known(ask):
    dates = ["2012", "2012-05", "2012-05-30", "2012~", "2012-13", "2012-02-30", "12", "-05", ""]

    assert ask("forms/asked.js", "given[0].map(it.isDate)", dates) == [True] * 4 + [False] * 5


def test_page_is_short_and_consent_comes_first(ask, child):
    pages = ask("forms/asked.js", "it.pagesOf(given[0], {})", child)

    assert [each["name"] for each in pages[0]["questions"]] == ["tracing"]
    assert max(len(each["questions"]) for each in pages if "repeat" not in each["group"]) == 3
    assert "group" not in [each["name"] for page in pages for each in page["questions"]]


def test_mark_of_a_group_opens_the_question_about_it(ask, child):
    names = (
        "it.pagesOf(given[0], given[1]).flatMap((page) => page.questions.map((one) => one.name))"
    )

    assert "group_note" not in ask("forms/asked.js", names, child, {})
    assert "group_note" in ask("forms/asked.js", names, child, {"group": "k3j2"})


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        (draft(), []),
        ({"answers": {"said_by": "child"}, "consents": {}}, [["tracing", "fault_consent"]]),
        (
            {"answers": {"said_by": "child"}, "consents": {"tracing": {"state": "given"}}},
            [["tracing", "fault_giver"]],
        ),
        (
            {"answers": {}, "consents": AGREED},
            [["said_by", "fault_missing"]],
        ),
        (draft(said_by="the moon"), [["said_by", "fault_choice"]]),
        (draft(born_on="2012-13"), [["born_on", "fault_date"]]),
        (draft(born_on={"answer": "unknown"}), []),
        (draft(age={"age": 7, "as_of": "2026-01-02"}), []),
        (draft(age={"age": 7, "age_to": 5, "as_of": "2026-01-02"}), [["age", "fault_age"]]),
        (draft(photo="0190a1b2-0000-7000-8000-000000000000"), [["photo", "fault_photo"]]),
        (draft(names=[{}]), []),
    ],
)
def test_faults_of_a_draft(ask, child, wrong, faults):
    found = "it.faultsOf(given[0], given[1]).map((each) => [each.question.name, each.fault])"

    assert ask("forms/asked.js", found, child, wrong) == faults


def test_answer_that_is_no_longer_asked_is_not_told(ask):
    visit = FORMS["visit"].told()
    said = {"answers": {"seen": "no", "why_not": "away", "view": "happy"}, "consents": {}}

    told = ask("forms/asked.js", "it.toldBy(given[0], given[1])", visit, said)

    assert told == {"answers": {"seen": "no", "why_not": "away"}, "consents": []}


def test_consent_is_told_with_its_purpose_and_empty_rows_are_not(ask, child):
    said = draft(names=[{"name": "А"}, {}], mother="")

    told = ask("forms/asked.js", "it.toldBy(given[0], given[1])", child, said)

    assert told["consents"] == [{"purpose": "tracing", "state": "given", "giver": "child"}]
    assert told["answers"] == {"said_by": "child", "names": [{"name": "А"}]}


def test_draft_of_an_older_form_keeps_what_fits_and_shows_the_rest(ask, child):
    old = draft(mother="Залина", born_on="long ago", shoes="red") | {"form": "0", "page": 4}

    new = ask("forms/asked.js", "it.fitted(given[0], given[1])", old, child)

    assert new["form"] == child["version"]
    assert new["answers"] == {"said_by": "child", "mother": "Залина"}
    assert new["left"] == [
        {"name": "born_on", "value": "long ago"},
        {"name": "shoes", "value": "red"},
    ]


def test_box_is_opened_with_the_key_of_the_server_and_with_no_other_place(ask):
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    device = {"device": "d", "key": base64.urlsafe_b64encode(point).rstrip(b"=").decode()}
    entry = {"id": "i", "record": "r", "kind": "child", "form": "f"}
    told = {"answers": {"names": [{"name": "Канарейка"}]}, "consents": []}

    box = ask("sealing.js", "it.boxOf(given[0], given[1], given[2])", entry, told, device)

    raw = base64.urlsafe_b64decode(box + "=" * (-len(box) % 4))
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[:65])
    secret = key.exchange(ec.ECDH(), theirs)
    derived = HKDF(SHA256(), 32, raw[:65], b"kinward field entry 1").derive(secret)
    assert json.loads(AESGCM(derived).decrypt(raw[65:77], raw[77:], b"i|r|child|f|d")) == told
    with pytest.raises(InvalidTag):
        AESGCM(derived).decrypt(raw[65:77], raw[77:], b"i|r|child|f|another")


def test_queue_is_cut_into_what_one_request_takes(ask):
    sizes = "it.portions(given[0]).map((some) => some.length)"
    small, large = [{"box": "x"}] * 45, [{"box": "x" * 250_000}] * 5

    assert ask("sync.js", sizes, small) == [20, 20, 5]
    assert ask("sync.js", sizes, large) == [2, 2, 1]
    assert ask("sync.js", sizes, []) == []


def test_next_try_comes_later_each_time_and_within_the_hour(ask):
    waits = ask("sync.js", "[0, 1, 2, 3, 20].map((failures) => it.later(failures, 0.5))")

    assert [timedelta(milliseconds=each).seconds for each in waits] == [15, 30, 60, 120, 900]
