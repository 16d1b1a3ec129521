"""What the writer sees of a question is what learners will see."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.quizzes.domain.kinds import KINDS
from apps.quizzes.models import AttemptItem
from apps.studio.models import Draft
from tests.quizzes.factories import EVERY_KIND
from tests.studio.editor.test_editing import address, form_of
from tests.studio.factories import make_draft


def preview(desk: Client, draft: Draft, **changed: str) -> str:
    answer = desk.post(address(draft, "preview"), form_of(draft, **changed))
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_shown_with_and_without_its_key(
    kind: str, desk: Client, teacher: User
) -> None:
    draft = make_draft(teacher, kind)
    page = preview(desk, draft, stem="지금 **치는** 글")
    assert "지금 <strong>치는</strong> 글" in page
    assert 'data-side="ask"' in page
    assert 'data-side="told"' in page
    assert "<html" not in page


def test_nothing_is_stored_by_looking(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    preview(desk, draft, stem="다른 글")
    assert Draft.objects.get().document == draft.document
    assert not AttemptItem.objects.exists()


def test_the_question_is_shown_without_its_key(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, "short_text")
    asked, told = preview(desk, draft).split('data-side="told"')
    assert "보안 그룹</" not in asked.split("item__answer")[1]
    assert "보안 그룹" in told
    assert "서브넷에 연결하는 것입니다." in told  # what is said to a near answer


def test_every_wrong_choice_says_what_it_would_say(desk: Client, teacher: User) -> None:
    told = preview(desk, make_draft(teacher)).split('data-side="told"')[1]
    assert "허용만: 틀린 까닭" in told
    assert "허용과 거부: 틀린 까닭" in told


def test_what_is_not_whole_yet_shows_its_stem(desk: Client, teacher: User) -> None:
    page = preview(desk, make_draft(teacher, "ordering", items=["하나"]), stem="쓰는 중")
    assert "쓰는 중" in page
    assert "아직 다 쓰지 않아" in page


def test_a_sentence_that_is_not_in_the_notes_hides_no_preview(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, lesson="no-such-lesson", quote="없는 문장")
    assert 'data-side="told"' in preview(desk, draft)


def test_a_widget_that_is_not_there_is_said(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, "scenario", widget="no-such-widget")
    assert "고칠 곳이 1곳" in preview(desk, draft)


def test_markup_in_a_text_stays_harmless(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    page = preview(desk, draft, stem="<script>alert(1)</script><img src=x onerror=alert(1)>")
    assert "<script" not in page
    assert "onerror" not in page.split('data-side="told"')[0].replace("&lt;img src=x onerror", "")


def test_the_page_itself_has_a_preview_without_scripts(desk: Client, teacher: User) -> None:
    for kind in KINDS:
        page = desk.get(address(make_draft(teacher, kind)))
        assert 'data-side="told"' in page.text
