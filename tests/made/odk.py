"""What ODK and Kobo collect with our XLSForms, made up: answers of a phone as their files."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook

INSTANCE = "uuid:0b1f6a52-7c1e-4f0a-9d3e-5a1c2b3d4e5f"


def cells_of(question, answer):
    """The cells that a question's answer becomes, by the names of their questions."""
    name = question["name"]
    if isinstance(answer, dict) and "answer" in answer:
        return {f"{name}_unknown": answer["answer"]}
    if question["type"] == "age":
        ends = {"age": "", "age_to": "_to", "as_of": "_as_of"}
        return {name + ends[part]: str(said) for part, said in answer.items()}
    if question["type"] == "place":
        return {name: answer["text"]}
    if question["type"] == "count":
        return {name: [{f"{name}_{part}": said for part, said in tap.items()} for tap in answer]}
    return {name: answer}


def collected(told, answers, consents):
    """Answers and consents as a form of ODK holds them: groups, in them questions and rows."""
    found = {}
    for group in told["groups"]:
        if group.get("repeat"):
            rows = answers.get(group["name"], [])
            found[group["name"]] = [row_of(group, row) for row in rows]
        else:
            inside = row_of(group, answers)
            for question in group["questions"]:
                inside |= consent_of(question, consents)
            found[f"{group['name']}_group"] = inside
    return found


def row_of(group, answers):
    found = {}
    for question in group["questions"]:
        if question["name"] in answers:
            found |= cells_of(question, answers[question["name"]])
    return found


def consent_of(question, consents):
    said = [one for one in consents if one["purpose"] == question.get("purpose")]
    parts = ("state", "giver", "language")
    return {
        f"{question['name']}_{part}": one[part] for one in said for part in parts if part in one
    }


def in_xml(name, value):
    """One element, with what stands inside."""
    if isinstance(value, list):
        return "".join(in_xml(name, row) for row in value)
    if isinstance(value, dict):
        inside = "".join(in_xml(key, said) for key, said in value.items())
        return f"<{name}>{inside}</{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"


def as_xml(form, version, groups, *, instance=INSTANCE):
    """A submission of OpenRosa."""
    inside = "".join(in_xml(name, value) for name, value in groups.items())
    meta = f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta>"
    return (
        f'<?xml version="1.0"?><data id="kinward_{form}" version="{version}" '
        f'xmlns:orx="http://openrosa.org/xforms">{inside}{meta}</data>'
    ).encode()


def paths(around, value):
    """Questions by the path of their groups, as Kobo exports them."""
    found = {}
    for name, said in value.items():
        path = f"{around}{name}"
        if isinstance(said, list):
            found[path] = [paths(f"{path}/", row) for row in said]
        elif isinstance(said, dict):
            found |= paths(f"{path}/", said)
        else:
            found[path] = said
    return found


def as_kobo(form, version, groups, *, instance=INSTANCE, **more):
    """One submission of Kobo's JSON."""
    return {
        "_id": 7,
        "_uuid": instance.removeprefix("uuid:"),
        "_xform_id_string": f"kinward_{form}",
        "__version__": version,
        "_submission_time": "2018-12-30T09:15:00",
        "_status": "submitted_via_web",
        "_geolocation": [None, None],
        "_attachments": [],
        **paths("", groups),
        **more,
    }


def as_json(*submissions):
    return json.dumps(list(submissions), ensure_ascii=False).encode()


def as_csv(*submissions):
    """Submissions of Kobo as a CSV with semicolons; rows that repeat have numbered columns."""
    flat = []
    for one in submissions:
        row = {}
        for path, value in one.items():
            if path in {"_attachments", "_geolocation"}:
                continue
            if isinstance(value, list):
                for number, inside in enumerate(value, start=1):
                    for name, said in inside.items():
                        row[f"{path}[{number}]/{name.rsplit('/', 1)[-1]}"] = said
            else:
                row[path] = value
        flat.append(row)
    head = list(dict.fromkeys(path for row in flat for path in row))
    made = StringIO()
    writer = csv.DictWriter(made, head, delimiter=";")
    writer.writeheader()
    writer.writerows(flat)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def edited(content, change):
    """An XLSForm after `change`, which is given its sheets by name."""
    book = load_workbook(BytesIO(content))
    change({sheet.title: sheet for sheet in book.worksheets})
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def book_of(**sheets):
    """A workbook of these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()
