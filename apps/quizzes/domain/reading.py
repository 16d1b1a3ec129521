"""A question's document (a TOML table of a file, or JSON) and the question that it says."""

import datetime
import re
from collections.abc import Mapping

from apps.kernel.documents import Findings, join, read_choice, read_object
from apps.kernel.shown import shown

from .kinds import DOCUMENT_KINDS, TEMPLATES
from .kinds.base import Kind, Parts
from .kinds.texts import read_line, read_markdown
from .spec import About, Json, Level, QuestionSpec, Secret, Shown

_MOST_DIFFICULT = 5
_MAX_TOPIC = 80
_MAX_QUOTE = 2_000
_MAX_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEVELS = {level.label: level for level in Level}

_REQUIRED = ("kind", "stem", "topic", "level", "difficulty")
_OPTIONAL = ("explanation", "lesson", "section", "quote", "erratum", "as_of")
# A template may leave its words to the engine.
_REQUIRED_OF_TEMPLATES = ("kind", "topic", "level", "difficulty")
_OPTIONAL_OF_TEMPLATES = ("stem", *_OPTIONAL)


def read_question(
    document: object, findings: Findings, path: str = "", *, strict: bool = True
) -> QuestionSpec | None:
    """The question, or None with every mistake told under `path`.

    A string is kept as NFC without space around it; the rest as it stands. Whether lesson, section,
    quote, erratum, widget and generator exist is for the caller to say, who has them.

    Strictly read, as shipped files are, every question explains itself: the explanation and the
    feedback on wrong answers are required. Otherwise their absence is advice, so that an old file
    of somebody's questions can be used before it is improved.
    """
    mine = Findings()
    spec = _read(document, mine, path)
    for problem in mine.problems():
        findings.add(problem.path, problem.message)
    for problem in mine.advice():
        (findings.add if strict else findings.advise)(problem.path, problem.message)
    return None if mine or (strict and mine.advice()) else spec


def dump_question(spec: QuestionSpec) -> Json:
    """The document that `read_question` reads back into an equal question."""
    about = spec.about
    document: Json = {
        "kind": spec.shown.kind,
        "topic": about.topic,
        "level": about.level.label,
        "difficulty": about.difficulty,
    }
    rest = {
        "lesson": about.lesson,
        "section": about.section,
        "quote": about.quote,
        "erratum": about.erratum,
        "as_of": about.as_of,
        "stem": spec.shown.stem,
    }
    document |= {name: text for name, text in rest.items() if text}
    parts = Parts(spec.shown.body, spec.secret.key, spec.secret.feedback)
    document |= DOCUMENT_KINDS[spec.shown.kind].dump(parts)
    if spec.secret.explanation:
        document["explanation"] = spec.secret.explanation
    return document


def _read(document: object, findings: Findings, path: str) -> QuestionSpec | None:
    if not isinstance(document, dict):
        findings.add(path, f"문제 하나를 적은 표여야 합니다. 적힌 값: {shown(document)}")
        return None
    kind = _read_kind(document, findings, path)
    if kind is None:
        return None
    template = kind.name in TEMPLATES
    fields = read_object(
        document,
        path,
        findings,
        required=(*(_REQUIRED_OF_TEMPLATES if template else _REQUIRED), *kind.required),
        optional=(*(_OPTIONAL_OF_TEMPLATES if template else _OPTIONAL), *kind.optional),
    )
    if fields is None:
        return None
    stem = read_markdown(fields, "stem", path, findings, empty=template)
    explanation = read_markdown(fields, "explanation", path, findings, empty=True)
    said = fields.get("explanation", "")
    if not template and isinstance(said, str) and not said.strip():
        findings.advise(
            join(path, "explanation"),
            "해설이 비어 있습니다. 왜 그 답이 맞는지 적어 주면 틀린 학습자가 배울 수 있습니다.",
        )
    about = _read_about(fields, findings, path)
    parts = kind.read(fields, path, findings)
    if parts is None or about is None:
        return None
    return QuestionSpec(
        Shown(kind.name, stem, parts.body),
        Secret(parts.key, parts.feedback, explanation),
        about,
    )


def _read_kind(document: Mapping[str, object], findings: Findings, path: str) -> Kind | None:
    place = join(path, "kind")
    if "kind" not in document:
        findings.add(place, f"반드시 있어야 하는 항목입니다: {', '.join(DOCUMENT_KINDS)}")
        return None
    name = read_choice(document["kind"], place, findings, choices=DOCUMENT_KINDS)
    return None if name is None else DOCUMENT_KINDS[name]


def _read_about(fields: Mapping[str, object], findings: Findings, path: str) -> About | None:
    level = _read_level(fields, findings, path)
    difficulty = _read_difficulty(fields, findings, path)
    lesson = _read_slug(fields, "lesson", findings, path)
    about = {
        "section": _read_slug(fields, "section", findings, path),
        "quote": read_markdown(fields, "quote", path, findings, most=_MAX_QUOTE, empty=True),
        "erratum": _read_slug(fields, "erratum", findings, path),
    }
    for name, text in about.items():
        if text and "lesson" not in fields:
            findings.add(join(path, "lesson"), f"{name} 항목이 있으면 lesson도 있어야 합니다.")
    topic = read_line(fields, "topic", path, findings, most=_MAX_TOPIC)
    as_of = _read_day(fields, findings, path)
    if level is None or difficulty is None:
        return None
    return About(topic, level, difficulty, lesson, as_of=as_of, **about)


def _read_level(fields: Mapping[str, object], findings: Findings, path: str) -> Level | None:
    if "level" not in fields:
        return None
    name = read_choice(fields["level"], join(path, "level"), findings, choices=_LEVELS)
    return None if name is None else _LEVELS[name]


def _read_difficulty(fields: Mapping[str, object], findings: Findings, path: str) -> int | None:
    value = fields.get("difficulty")
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_DIFFICULT:
        return value
    if "difficulty" in fields:
        findings.add(
            join(path, "difficulty"),
            f"난이도: 1~{_MOST_DIFFICULT}의 정수여야 합니다. 적힌 값: {shown(value)}",
        )
    return None


def _read_slug(fields: Mapping[str, object], name: str, findings: Findings, path: str) -> str:
    text = read_line(fields, name, path, findings, most=_MAX_SLUG, empty=True)
    if text and not _SLUG.fullmatch(text):
        findings.add(
            join(path, name),
            f"영어 소문자, 숫자, 하이픈으로 적어 주세요. 적힌 값: {shown(text)}",
        )
    return text


def _read_day(fields: Mapping[str, object], findings: Findings, path: str) -> str:
    """A day as TOML writes it (2026-03-06) or as a string in the same form."""
    value = fields.get("as_of", "")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value == "":
        return ""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            pass  # such as the 31st of February
    findings.add(join(path, "as_of"), f"2026-03-06처럼 날짜로 적어 주세요. 적힌 값: {shown(value)}")
    return ""
