"""A draft on top of what somebody else published meanwhile."""

import pytest

from apps.quizzes.domain.reading import dump_question
from apps.studio.domain.merging import merge
from apps.studio.services.publishing import publish
from apps.studio.services.rebasing import go_on_from
from apps.studio.services.refusals import StaleError
from apps.studio.services.writing import draft_of, save_draft
from tests.quizzes.domain.documents import question
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question

BASE = {"kind": "single", "stem": "물음", "explanation": "해설", "choice": ["가", "나"]}


def test_where_only_they_changed_theirs_is_taken() -> None:
    merged = merge(BASE, {**BASE, "stem": "내 물음"}, {**BASE, "explanation": "새 해설"})
    assert merged.document == {**BASE, "stem": "내 물음", "explanation": "새 해설"}
    assert (merged.taken, merged.both) == (("explanation",), ())


def test_where_both_changed_mine_stays() -> None:
    merged = merge(BASE, {**BASE, "stem": "내 물음"}, {**BASE, "stem": "새 물음"})
    assert merged.document["stem"] == "내 물음"
    assert (merged.taken, merged.both) == ((), ("stem",))


def test_the_same_change_is_none() -> None:
    merged = merge(BASE, {**BASE, "stem": "새 물음"}, {**BASE, "stem": "새 물음"})
    assert (merged.taken, merged.both) == ((), ())


def test_lists_are_taken_or_left_whole() -> None:
    merged = merge(BASE, {**BASE, "choice": ["가", "다"]}, {**BASE, "choice": ["라", "나"]})
    assert (merged.document["choice"], merged.both) == (["가", "다"], ("choice",))


def test_what_they_added_and_removed_follows() -> None:
    theirs = {name: value for name, value in BASE.items() if name != "explanation"}
    merged = merge(BASE, {**BASE, "lesson": ""}, {**theirs, "lesson": "sg-vs-nacl"})
    assert merged.document == {**theirs, "lesson": "sg-vs-nacl"}
    assert set(merged.taken) == {"explanation", "lesson"}


def test_of_another_kind_nothing_is_taken() -> None:
    theirs = {"kind": "numeric", "stem": "새 물음", "answer": "1"}
    merged = merge(BASE, BASE, theirs)
    assert merged.document == BASE
    assert set(merged.both) == {"kind", "stem", "explanation", "choice", "answer"}


@pytest.mark.parametrize("kind", ["single", "matching", "categorize", "short_text", "generated"])
def test_an_untouched_draft_becomes_the_other_version(kind: str) -> None:
    base, theirs = (dump_question(question(kind, difficulty=each)) for each in (2, 4))
    assert merge(base, base, theirs).document == theirs


@pytest.mark.django_db
def test_a_draft_that_another_tab_changed_is_not_touched() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    asked = make_question(kim)
    held = draft_of(question=asked, editor=lee, now=NOW)
    theirs = draft_of(question=asked, editor=kim, now=NOW)
    theirs.document["explanation"] = "새 해설"
    theirs.save()
    onto = publish(draft=theirs, by=kim, now=NOW).current
    assert onto is not None
    stored = draft_of(question=asked, editor=lee, now=NOW)
    save_draft(
        draft=stored,
        document={**stored.document, "stem": "다른 창의 물음은?"},
        title="",
        pool=stored.pool,
        tags=[],
        base_revision=stored.revision,
        now=NOW,
    )
    with pytest.raises(StaleError):
        go_on_from(draft=held, onto=onto, now=NOW)
    stored.refresh_from_db()
    assert stored.document["explanation"] != "새 해설"
    go_on_from(draft=stored, onto=onto, now=NOW)
    stored.refresh_from_db()
    assert (stored.document["stem"], stored.document["explanation"]) == (
        "다른 창의 물음은?",
        "새 해설",
    )
