"""The page before publishing: what is wrong, what changes, whom it meets."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.kernel.moments import span
from apps.quizzes.models import Pool, Question
from apps.studio.domain.diff import Change, Part
from apps.studio.domain.words import Mark, Piece, diff_lists
from apps.studio.models import Draft
from apps.studio.presenting.bank import excerpt_of
from apps.studio.presenting.diff import changes_key, diff_groups
from apps.studio.presenting.places import place_name, told
from apps.studio.presenting.preview import previewed
from apps.studio.queries.history import drafts_of_others, in_use
from apps.studio.services.publishing import Checked, check_document
from apps.studio.services.rebasing import merged_onto
from apps.studio.services.writing import tags_of

Json = dict[str, Any]


def question_name(question: Question, draft: Draft | None = None) -> str:
    """Its name, or how it begins."""
    title = draft.title if draft and draft.title else question.title
    return title or excerpt_of(question, draft) or "아직 내용이 없는 문제"


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody else who has a draft of the same question."""

    name: str
    since: str  # such as "10분 전부터 고치고 있습니다"
    saved_at: dt.datetime


def _at_work(draft: Draft, now: dt.datetime) -> AtWork:
    passed = now - draft.created_at
    just_now = passed < dt.timedelta(minutes=1)
    since = "방금 고치기 시작했습니다" if just_now else f"{span(passed)} 전부터 고치고 있습니다"
    return AtWork(draft.editor.get_full_name(), since, draft.updated_at)


def frame(question: Question, user: User, *, now: dt.datetime) -> Json:
    """What every page about the versions of a question shows."""
    return {
        "section": "studio",
        "part": "bank",
        "current": "true",
        "question": question,
        "live": question.current,
        "name": question_name(question),
        "now": now,
        "others": [_at_work(each, now) for each in drafts_of_others(question, user)],
    }


def publish_page(draft: Draft, user: User, *, now: dt.datetime) -> Json:
    """The template's context for an own draft, as the database holds it now."""
    question, live = draft.question, draft.question.current
    checked = check_document(draft.document)
    stale = live is not None and draft.base_id != live.pk
    groups = _groups(draft, checked)
    context = {
        **frame(question, user, now=now),
        "name": question_name(question, draft),
        "draft": draft,
        "seen": live.number if live else "",
        "problems": told(checked.problems, question),
        "advice": told(checked.advice, question),
        "is_first": live is None,
        "groups": groups,
        "key_changes": changes_key(groups),
        "use": in_use(question, user),
        "stale": stale,
        "theirs": [],
    }
    if live is not None and stale and draft.base is not None:
        merged = merged_onto(draft, live)
        context |= {
            "theirs": diff_groups(draft.base.spec, live.spec),
            "taken": [place_name(name) for name in merged.taken],
            "both": [place_name(name) for name in merged.both],
        }
    if checked.spec is not None:
        context |= previewed(draft.document)
    return context


def _groups(draft: Draft, checked: Checked) -> list[Any]:
    live = draft.question.current
    if live is None or checked.spec is None:
        return []
    return diff_groups(live.spec, checked.spec, _beside(draft))


def _beside(draft: Draft) -> list[Change]:
    """What is no part of the wording, and is published along with it."""
    question, found = draft.question, []
    if draft.title != question.title:
        found.append(_replaced("이름", question.title, draft.title))
    if draft.pool != question.pool:
        found.append(_replaced("쓰임", Pool(question.pool).label, Pool(draft.pool).label))
    tags = sorted(tags_of(question))  # a database may sort otherwise
    if tags != sorted(draft.tags):
        pieces = diff_lists(tags, sorted(draft.tags))
        found.append(Change(Part.STRUCTURE, "꼬리표", pieces, is_list=True))
    return found


def _replaced(what: str, old: str, new: str) -> Change:
    sides = ((Mark.REMOVED, old), (Mark.ADDED, new))
    pieces = tuple(Piece(mark, text) for mark, text in sides if text)
    return Change(Part.STRUCTURE, what, pieces)
