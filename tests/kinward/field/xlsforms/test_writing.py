"""Forms as XLSForms: pyxform makes forms of ODK of them, and ODK Validate calls them valid."""

from __future__ import annotations

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from subprocess import run

import pytest
import pyxform
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from kinward.field.definitions import FORMS
from kinward.field.xlsforms.writing import language, written

EVERY_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
JAVA = shutil.which("java")
VALIDATE = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
VALIDATED = pytest.mark.skipif(
    not JAVA and not os.environ.get("CI"), reason="needs Java 17: apt-get install openjdk-17-jre"
)


def xform_of(form, folder):
    """Our form as a form of ODK, and what pyxform warns of."""
    path = folder / f"{form.name}.xlsx"
    path.write_bytes(written(form.told(), version=form.version))
    warnings = []
    made = convert(str(path), warnings=warnings, validate=False, file_type=".xlsx")
    return made.xform, warnings


def validated(xform, folder):
    """What ODK Validate says of a form."""
    path = folder / "form.xml"
    path.write_text(xform, "utf-8")
    return run(
        ["java", "-jar", str(VALIDATE), str(path)], capture_output=True, text=True, check=False
    )


@EVERY_FORM
def test_form_becomes_one_of_odk_without_a_warning(form, tmp_path):
    xform, warnings = xform_of(form, tmp_path)

    assert warnings == []
    assert f'id="kinward_{form.name}"' in xform
    assert f'version="{form.version}"' in xform
    named = [language(code) for code in ("en", "ru", "ar")]
    assert [lang for lang in named if f'lang="{lang}"' not in xform] == []


@VALIDATED
@EVERY_FORM
def test_odk_says_that_the_form_is_valid(form, tmp_path):
    done = validated(xform_of(form, tmp_path)[0], tmp_path)

    assert (done.returncode, "Xform is valid" in done.stdout + done.stderr) == (0, True)


@VALIDATED
def test_odk_says_that_a_broken_form_is_not_valid(tmp_path):
    xform, _warnings = xform_of(FORMS["visit"], tmp_path)

    broken = re.sub('relevant="[^"]*"', 'relevant="((("', xform, count=1)
    done = validated(broken, tmp_path)

    assert broken != xform
    assert done.returncode != 0


def test_words_that_begin_with_a_sign_of_a_formula_stay_words():
    told = FORMS["visit"].told()
    told["groups"][0]["questions"][0]["label"] = {"en": '=HYPERLINK("x")', "ru": "+1", "ar": "@a"}

    book = load_workbook(BytesIO(written(told, version="1")))

    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
