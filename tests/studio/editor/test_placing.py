"""The sentence of the notes that a question names is there, and can be chosen from a list."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.kernel.documents import Findings
from apps.lessons.models import Erratum, Lesson
from apps.studio.models import Draft
from apps.studio.queries.lesson_text import text_of
from apps.studio.queries.sentences import sentences_of
from apps.studio.services.placing import check_place
from tests.quizzes.domain import documents
from tests.studio.editor.test_editing import address
from tests.studio.factories import make_draft

LESSON = "sg-vs-nacl"


def paths(**about: str) -> list[str]:
    """Where the check says something."""
    plain: dict[str, Any] = {"lesson": LESSON, "section": "", "quote": "", "erratum": ""}
    spec = documents.question("single")
    findings = Findings()
    check_place(replace(spec, about=replace(spec.about, **{**plain, **about})), findings)
    return [problem.path for problem in findings.problems()]


def a_sentence() -> tuple[str, str]:
    group = sentences_of(Lesson.objects.get(slug=LESSON))[1]
    return group.section, group.sentences[0].quote


@pytest.mark.usefixtures("course")
def test_a_sentence_of_the_list_is_found() -> None:
    section, quote = a_sentence()
    assert paths(section=section, quote=quote) == []


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("about", "path"),
    [
        ({"lesson": "no-such-lesson"}, "lesson"),
        ({"section": "no-such-heading"}, "section"),
        ({"quote": "노트에 없는 문장입니다."}, "quote"),
        ({"erratum": "no-such-correction"}, "erratum"),
    ],
)
def test_what_is_not_there_is_told_at_its_field(about: dict[str, str], path: str) -> None:
    assert paths(**about) == [path]


@pytest.mark.usefixtures("course")
def test_a_sentence_that_stands_twice_is_told() -> None:
    section, _ = a_sentence()
    assert paths(section=section, quote="다") == ["quote"]


@pytest.mark.usefixtures("course")
def test_a_question_without_a_lesson_has_nothing_to_be_checked() -> None:
    assert paths(lesson="") == []


def test_every_sentence_of_every_lesson_can_be_named(course: Catalogue) -> None:
    """Also its correction: what the list offers, the check accepts."""
    for lesson in Lesson.objects.filter(retired_at__isnull=True):
        index = text_of(lesson)
        groups = sentences_of(lesson)
        assert groups, lesson.slug
        ids = [each.id for group in groups for each in group.sentences]
        assert len(set(ids)) == len(ids)
        for group in groups:
            for each in group.sentences:
                assert index.count(each.quote, group.section) == 1, each.quote


@pytest.mark.usefixtures("course")
def test_a_sentence_with_a_correction_names_it() -> None:
    erratum = Erratum.objects.filter(retired_at__isnull=True).first()
    assert erratum
    found = [
        each.erratum
        for group in sentences_of(erratum.lesson)
        for each in group.sentences
        if group.section == erratum.section
    ]
    assert erratum.slug in found


@pytest.mark.usefixtures("course")
def test_the_list_is_searched(desk: Client) -> None:
    page = desk.get(f"/studio/sentences/{LESSON}/?q=보안 그룹")
    assert "‘보안 그룹’ 검색 결과" in page.text
    assert "<html" in page.text
    part = desk.get(f"/studio/sentences/{LESSON}/?q=없는낱말가나", HTTP_HX_REQUEST="true")
    assert "<html" not in part.text
    assert "다른 낱말로 찾아보세요" in part.text


@pytest.mark.usefixtures("course")
def test_choosing_fills_the_place_and_keeps_the_rest(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, erratum="left-over", lesson=LESSON)
    one = sentences_of(Lesson.objects.get(slug=LESSON))[1].sentences[0]
    post: dict[str, Any] = {"question": str(draft.question.uuid), "sentence": one.id}
    answer = desk.post(f"/studio/sentences/{LESSON}/", post)
    assert answer.headers["Location"] == address(draft) + "#place"
    document = Draft.objects.get().document
    assert (document["lesson"], document["section"]) == (LESSON, one.section)
    assert document["quote"] == one.quote
    assert document.get("erratum", "") == one.erratum
    assert document["stem"] == draft.document["stem"]
    assert desk.get(address(draft) + "?checked=1").status_code == 200


@pytest.mark.usefixtures("course")
def test_choosing_nothing_is_told(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    post = {"question": str(draft.question.uuid), "sentence": "no-such"}
    assert desk.post(f"/studio/sentences/{LESSON}/", post).status_code == 422
    assert desk.post(f"/studio/sentences/{LESSON}/", {}).status_code == 422


def test_a_lesson_that_is_not_there_offers_the_others(course: Catalogue, desk: Client) -> None:
    page = desk.get("/studio/sentences/no-such-lesson/")
    assert page.status_code == 200
    assert LESSON in page.text
