"""Pictures that come with a file are kept here, encoded anew."""

import base64
import io

import pytest
from PIL import Image

from apps.quizzes.models import Question
from apps.studio.exchange.entries import Options
from apps.studio.exchange.read import Format, read_file
from apps.studio.models import Draft, Picture
from apps.studio.services.importing import Brought, bring_in, plan_import
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor

pytestmark = pytest.mark.django_db


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def brought(data: bytes, alt: str) -> Brought:
    xml = f"""<?xml version="1.0" encoding="UTF-8"?><quiz><question type="truefalse">
<name><text>그림 문제</text></name><questiontext format="html"><text><![CDATA[<p>다음은?
<img src="@@PLUGINFILE@@/net%20map.png" alt="{alt}"></p>]]></text>
<file name="net map.png" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>
</questiontext><answer fraction="100"><text>true</text></answer>
<answer fraction="0"><text>false</text></answer></question></quiz>"""
    owner = make_instructor()
    reading = read_file(xml.encode(), Format.MOODLE_XML, Options())
    return bring_in(owner=owner, plan=plan_import(reading, owner), now=NOW)


def test_a_picture_is_kept_and_shown_from_here() -> None:
    made = brought(png(), "망 그림")
    picture = Picture.objects.get()
    assert picture.alt == "망 그림"
    question = Question.objects.get()
    assert question.current is not None
    assert f"![망 그림]({picture.get_absolute_url()})" in question.current.spec.shown.stem
    assert made.problems == []


def test_without_an_alternative_text_the_question_stays_a_draft() -> None:
    brought(png(), "")
    draft = Draft.objects.get()
    assert Picture.objects.get().get_absolute_url() in draft.document["stem"]
    assert draft.question.current is None


def test_what_is_no_picture_is_told_and_named_in_words() -> None:
    made = brought(b"<svg onload='alert(1)'/>", "망 그림")
    assert not Picture.objects.exists()
    question = Question.objects.get()
    assert question.current is not None
    assert "(그림: 망 그림)" in question.current.spec.shown.stem
    assert len(made.problems) == 1
    assert "net map.png" in made.problems[0]
