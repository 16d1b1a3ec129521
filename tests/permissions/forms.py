"""What is sent to each address that takes forms: valid, so that only the right to send decides."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.permissions.world import World


def form_of(page: str, world: World) -> dict[str, Any]:
    """The fields of a POST; {} where the button is all there is."""
    app = page.partition(":")[0]
    makers = {
        "classrooms": _classrooms,
        "accounts": _accounts,
        "home": _home,
        "reports": _reports,
        "lessons": _learning,
        "quizzes": _learning,
        "studio": _studio,
    }
    return makers[app](world).get(page, {}) if app in makers else {}


def _learning(world: World) -> dict[str, dict[str, Any]]:
    return {
        "lessons:lesson-progress": {"action": "read"},
        "lessons:lesson-position": {"block": "1", "heading": ""},
        "quizzes:item": {"go": "next", "try": "1", "revision": "0"},
    }


def _studio(world: World) -> dict[str, dict[str, Any]]:
    change = {"do": "section-add", "title": "새 영역", "revision": "1"}
    return {
        "studio:archive": {"do": "archive"},
        "studio:quiz-archive": {"do": "archive"},
        "studio:quiz-change": change,
        "studio:new": {"kind": "single"},
        "studio:quiz-new": {"title": "새 퀴즈"},
    }


def _accounts(world: World) -> dict[str, dict[str, Any]]:
    password = {"password": "ladder-4-clouds", "password_again": "ladder-4-clouds"}
    return {
        "accounts:account": {"action": "close"},
        "accounts:login": {"username": "nobody", "password": "wrong"},
        "accounts:signup": {"username": "new-name", "display_name": "새 이름", **password},
    }


def _home(world: World) -> dict[str, dict[str, Any]]:
    return {"home:move": {"action": "later"}, "home:erase": {"password": "wrong"}}


def _reports(world: World) -> dict[str, dict[str, Any]]:
    return {
        "reports:report": {"action": "answer", "text": "고쳤습니다.", "known_answers": "0"},
    }


def _classrooms(world: World) -> dict[str, dict[str, Any]]:
    pupil = str(world.enrollments["pupil"].public_id)
    guest = str(world.enrollments["guest"].public_id)
    rules = {"title": "과제", "note": "", "counts": "best", "feedback": "after_submit"}
    return {
        "classrooms:new": {"name": "새 반"},
        "classrooms:settings": {"name": "새 이름"},
        "classrooms:archive": {"action": "archive"},
        "classrooms:instructors": {"login_name": "stranger"},
        "classrooms:clone": {"name": "다음 반", "start": "2027-03-02", "go": "create"},
        "classrooms:code": {"action": "renew"},
        "classrooms:roster": {"text": "학번\t이름\n7\t김하늘"},
        "classrooms:cards": {"chosen": [guest]},
        "classrooms:person": {"action": "save", "name": "pupil", "student_number": "7"},
        "classrooms:join": {"code": world.classroom.join_code},
        "classrooms:join-code": {"name": "새 사람", "student_number": "99"},
        "classrooms:return": {"entry_code": "ABCDEFGH"},
        "classrooms:assignment-new": {**rules, "quiz": world.quiz.slug},
        "classrooms:assignment-edit": {**rules, "closes_at": _local(world.now + DAYS)},
        "classrooms:assignment-retire": {"do": "retire"},
        "classrooms:extensions": {
            "do": "extend",
            "learner": pupil,
            "closes_at": _local(world.now + 2 * DAYS),
        },
        "classrooms:mark": {"verdict": "score", "score": "1", "reason": "다시 채점"},
    }


DAYS = dt.timedelta(days=2)


def _local(when: dt.datetime) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")
