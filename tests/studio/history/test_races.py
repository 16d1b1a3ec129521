"""Two instructors who publish at once, on a database that really locks."""

import pytest

from apps.accounts.models import User
from apps.quizzes.models import Question, QuestionVersion, Right
from apps.studio.models import Draft
from apps.studio.services.publishing import publish
from apps.studio.services.refusals import StaleError
from apps.studio.services.restoring import restore_version
from apps.studio.services.sharing import share
from apps.studio.services.writing import draft_of, save_draft
from tests.quizzes.factories import NOW
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture
from tests.studio.factories import make_draft, make_instructor, make_question


def published(draft: Draft) -> str:
    try:
        publish(draft=draft, by=draft.editor, now=NOW)
    except StaleError:
        return "told"
    return "published"


def drafted(question: Question, editor: User) -> Draft:
    draft = draft_of(question=question, editor=editor, now=NOW)
    return save_draft(
        draft=draft,
        document={**draft.document, "stem": f"{editor.username}의 물음은 무엇인가요?"},
        title="",
        pool=draft.pool,
        tags=[],
        base_revision=draft.revision,
        now=NOW,
    )


def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told() -> None:
    question = make_question(make_instructor("kim"))
    drafts = [drafted(question, make_instructor(f"person{number}")) for number in range(4)]
    said = together(lambda number: published(drafts[number]), len(drafts))
    assert sorted(said) == ["published", "told", "told", "told"]
    assert sorted(question.versions.values_list("number", flat=True)) == [1, 2]
    assert Draft.objects.count() == 3
    winner = drafts[said.index("published")].editor
    assert question.versions.get(number=2).author == winner


def test_a_double_click_publishes_once() -> None:
    draft = make_draft(make_instructor())
    said = together(lambda _: published(Draft.objects.get(pk=draft.pk)), 1)
    assert said == ["published"]
    again = make_draft(make_instructor("lee"))
    copies = [Draft.objects.get(pk=again.pk) for _ in range(4)]
    said = together(lambda number: published(copies[number]), len(copies))
    assert sorted(said) == ["published", "told", "told", "told"]
    assert QuestionVersion.objects.filter(question=again.question).count() == 1


def test_restored_by_two_at_once_it_is_restored_once() -> None:
    kim = make_instructor()
    question = make_question(kim)
    publish(draft=drafted(question, kim), by=kim, now=NOW)
    first, second = question.versions.order_by("number")

    def act(_: int) -> str:
        try:
            restore_version(version=first, seen=second, by=kim, now=NOW)
        except StaleError:
            return "told"
        return "restored"

    assert sorted(together(act, 3)) == ["restored", "told", "told"]
    assert question.versions.count() == 3


@pytest.mark.parametrize("login_name", ["lee", None])
def test_shared_at_once_it_is_shared_once(login_name: str | None) -> None:
    kim, _ = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    together(
        lambda _: share(item=question, login_name=login_name, right=Right.COPY, by=kim, now=NOW), 4
    )
    assert question.shares.count() == 1
