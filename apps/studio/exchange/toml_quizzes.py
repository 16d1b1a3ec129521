"""`[[quiz]]` tables of this site's own format, to and from the documents that quizzes are kept as.

A table has one run, from which the studio takes the rules of its quiz; what only the studio knows
of a draw (`tag`, `source`) stands in the draw.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.quizzes.domain.kinds.base import Scoring
from apps.studio.domain.quiz_changes import MOST_ITEMS, MOST_POINTS, MOST_SECTIONS
from apps.studio.exchange.items import Json
from apps.studio.exchange.naming import clean_line
from apps.studio.exchange.spelled import (
    AUTHORSHIPS,
    FEEDBACKS,
    FROM_FILES,
    IMMEDIATE,
    POOLS,
    PRACTICE,
)

_MOST_MINUTES, _MOST_TRIES = 600, 100
_LONGEST = {"title": 120, "summary": 400, "topic": 60, "lesson": 60}
_KNOWN = frozenset(
    {
        *("id", "slug", "title", "summary", "topic", "lesson", "minutes", "scoring"),
        *("shuffle_choices", "pass_mark", "section", "run"),
    }
)
Find = Callable[[str], str]
"""The uuid of the question of that name; "" where there is none."""


@dataclass(frozen=True, slots=True)
class QuizRead:
    """The parts of a quiz's document that the table says; None: no quiz can be made of it."""

    document: Json | None
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    said: dict[str, None] = field(default_factory=dict)

    def __call__(self, sentence: str) -> None:
        self.said[sentence] = None


def read_quiz_table(table: Mapping[str, Any], find: Find) -> QuizRead:
    """Leniently: what cannot be read is told and left as the studio proposes."""
    told = _Told()
    for name in table:
        if name not in _KNOWN:
            told(f"알 수 없는 항목이라 읽지 않았습니다: {name[:40]}")
    document: Json = {
        name: clean_line(value)[:most]
        for name, most in _LONGEST.items()
        if isinstance(value := table.get(name, ""), str)
    }
    document["title"] = document.get("title") or "가져온 퀴즈"
    document |= _settings(table, told) | _rules(table, told)
    document["sections"] = list(_sections(table, find, told))
    if not any(section["draws"] for section in document["sections"]):
        told("낼 문제가 하나도 없어 만들지 않았습니다.")
        return QuizRead(None, tuple(told.said))
    return QuizRead(document, tuple(told.said))


def _settings(table: Mapping[str, Any], told: _Told) -> Json:
    found: Json = {}
    if (minutes := _whole(table, "minutes", _MOST_MINUTES, told)) is not None:
        found["minutes"] = minutes
    if (mark := _whole(table, "pass_mark", 100, told)) is not None:
        found["pass_mark"] = mark
    if table.get("scoring") in [each.value for each in Scoring]:
        found["scoring"] = table["scoring"]
    if isinstance(table.get("shuffle_choices"), bool):
        found["shuffle_choices"] = table["shuffle_choices"]
    return found


def _rules(table: Mapping[str, Any], told: _Told) -> Json:
    runs = _tables(table, "run")
    if len(runs) > 1:
        told("치르는 방법(run)이 여럿이라 첫째만 옮겼습니다.")
    if not runs:
        return {}
    run, found = runs[0], {}
    if run.get("feedback") in FEEDBACKS:
        found["feedback"] = run["feedback"]
    if (minutes := _whole(run, "minutes", _MOST_MINUTES, told)) is not None:
        found["time_limit"] = minutes * 60
    if (tries := _whole(run, "max_attempts", _MOST_TRIES, told)) is not None:
        found["max_attempts"] = tries
    return found


def _whole(table: Mapping[str, Any], name: str, most: int, told: _Told) -> int | None:
    value = table.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    if name in table:
        told(f"{name}: 1~{most}의 정수가 아니라 옮기지 않았습니다.")
    return None


def _sections(table: Mapping[str, Any], find: Find, told: _Told) -> Iterator[Json]:
    tables = _tables(table, "section")
    if len(tables) > MOST_SECTIONS:
        told(f"영역은 {MOST_SECTIONS}개까지만 옮겼습니다.")
    room = MOST_ITEMS
    for section in tables[:MOST_SECTIONS]:
        draws = []
        for each in _tables(section, "draw"):
            draw = _draw(each, find, told)
            if draw is None:
                continue
            room -= int(draw.get("count", 1))
            if room < 0:
                told(f"문제는 {MOST_ITEMS}개까지만 옮겼습니다.")
                break
            draws.append(draw)
        title = section.get("title", "")
        yield {
            "title": clean_line(title)[:120] if isinstance(title, str) else "",
            "shuffle": section.get("shuffle") is True,
            "draws": draws,
        }


def _draw(table: Mapping[str, Any], find: Find, told: _Told) -> Json | None:
    points = _points(table.get("points", 1), told)
    slug = table.get("question")
    if isinstance(slug, str) and slug:
        if uuid := find(slug):
            return {"question": uuid, "points": points}
        told(f"‘{slug[:80]}’ 문제가 없거나 발행되지 않아 뺐습니다.")
        return None
    topic, tag = table.get("topic", ""), table.get("tag", "")
    if not isinstance(topic, str) or not isinstance(tag, str) or not (topic or tag):
        told("무엇을 낼지 알 수 없는 draw를 뺐습니다.")
        return None
    pool, source = table.get("pool"), table.get("source")
    return {
        "topic": topic[:60],
        "tag": tag[:40],
        "pool": pool if pool in POOLS else PRACTICE,
        "source": source if source in AUTHORSHIPS else FROM_FILES,
        "count": _whole(table, "count", MOST_ITEMS, told) or 1,
        "points": points,
    }


def _points(value: object, told: _Told) -> str:
    try:
        points = Decimal(str(value)) if not isinstance(value, bool) else Decimal(0)
        if points.is_finite() and 0 < points <= MOST_POINTS and points == round(points, 2):
            return f"{points.normalize():f}"
    except InvalidOperation:
        pass  # told below, as any other value that is none
    told("배점은 0보다 크고 100 이하인 수입니다. 1점으로 넣었습니다.")
    return "1"


def _tables(table: Mapping[str, Any], name: str) -> list[Json]:
    listed = table.get(name, [])
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def dump_quiz_table(document: Json, *, uuid: str, slug: str, names: Mapping[str, str]) -> Json:
    """The table of a quiz's document; `names`: slugs of its questions by uuid."""
    table: Json = {"id": uuid, "slug": slug}
    for name in ("title", "summary", "topic", "lesson", "minutes", "scoring", "shuffle_choices"):
        if document[name] != "":
            table[name] = document[name]
    if document["pass_mark"] is not None:
        table["pass_mark"] = document["pass_mark"]
    table["section"] = [
        {
            "title": section["title"],
            "shuffle": section["shuffle"],
            "draw": [_dump_draw(draw, names) for draw in section["draws"]],
        }
        for section in document["sections"]
    ]
    immediate = document["feedback"] == IMMEDIATE
    run: Json = {
        "slug": "practice" if immediate else "exam",
        "title": "연습" if immediate else "시험",
        "feedback": document["feedback"],
    }
    if document["time_limit"]:
        run["minutes"] = max(1, round(document["time_limit"] / 60))
    if document["max_attempts"]:
        run["max_attempts"] = document["max_attempts"]
    return {**table, "run": [run]}


def _dump_draw(draw: Json, names: Mapping[str, str]) -> Json:
    points = Decimal(draw["points"])
    said: Json = {"points": int(points) if points == int(points) else draw["points"]}
    if "question" in draw:
        return {"question": names[draw["question"]], **said}
    kept = {name: draw[name] for name in ("topic", "tag") if draw[name]}
    return {**kept, "pool": draw["pool"], "source": draw["source"], "count": draw["count"], **said}
