"""One `[[question]]` table: identity here, document by the domain, key by the engine."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model

from apps.content.fields import SLUG, SLUG_RULE, Fields
from apps.content.frontmatter import key_line, table_lines
from apps.content.problems import FileProblems
from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import GENERATED, NotComputableError, freeze
from apps.quizzes.loading.bank import Place, QuestionEntry
from apps.quizzes.models import Pool, Question

_OWN = ("id", "slug", "pool")
# `choice[1].feedback`: the key of the document, and which of its tables.
_PATH = re.compile(r"([^.\[]*)(?:\[(\d+)\])?")
_SAMPLES = 20
"""Seeds that a generator is tried with when its question is loaded."""


def read_question_table(
    table: dict[str, Any], text: str, line: int, problems: FileProblems
) -> QuestionEntry | None:
    """The question, or None with every mistake told at its line."""
    name = table.get("slug")
    where = f"문제 {name}" if isinstance(name, str) else "문제"
    fields = Fields(table, problems, partial(_key_line, text, line), where)
    uuid = read_uuid(fields)
    slug = fields.slug()
    pool = fields.choice("pool", Pool.values)
    place = Place(line, problems)
    spec = _read_spec(table, text, fields, place)
    if spec is None or uuid is None or not slug or not pool:
        return None
    about = spec.about
    named = {"slug": slug, "topic": about.topic, "lesson": about.lesson, "section": about.section}
    fits = [check_length(fields, Question, key, value) for key, value in named.items()]
    if not all(fits):
        return None
    if not SLUG.match(about.topic):
        fields.report("topic", f"“{about.topic}” 값은 topic 항목에 쓸 수 없습니다. {SLUG_RULE}.")
        return None
    engine = _compute(spec, place, where)
    return None if engine is None else QuestionEntry(uuid, slug, pool, spec, engine, place)


def _read_spec(
    table: dict[str, Any], text: str, fields: Fields, place: Place
) -> QuestionSpec | None:
    """The document, read by the domain; every mistake at the line of its key or its table."""
    findings = Findings()
    document = {key: value for key, value in table.items() if key not in _OWN}
    spec = read_question(document, findings)
    for problem in findings.problems():
        match = _PATH.match(problem.path)
        top, number = match.groups() if match else ("", None)
        line = fields.line_of(top) if top in table else place.line
        if number is not None:
            below = [at for at in table_lines(text, f"question.{top}") if at > place.line]
            line = below[int(number)] if int(number) < len(below) else line
        path = f"{problem.path}: " if problem.path else ""
        place.report(f"{fields.where}: {path}{problem.message}", line=line)
    return spec


def check_length(fields: Fields, model: type[Model], key: str, value: str) -> bool:
    """Whether the value fits into the model's column of that name."""
    column = model._meta.get_field(key)
    most = column.max_length if isinstance(column, CharField) else None
    if most is None or len(value) <= most:
        return True
    fields.report(key, f"{key} 값은 {most}자까지 쓸 수 있습니다. 지금은 {len(value)}자입니다.")
    return False


def read_uuid(fields: Fields) -> UUID | None:
    value = fields.text("id")
    try:
        return UUID(value) if value else None
    except ValueError:
        fields.report("id", f"id 값 “{value}” 대신 UUID를 쓰십시오. 새로 만들어 한 번만 씁니다.")
        return None


def _key_line(text: str, start: int, key: str) -> int:
    return key_line(text, key, start=start)


def _compute(spec: QuestionSpec, place: Place, where: str) -> str | None:
    """The engine's version, after it has agreed; "" for a typed question; None: it has not."""
    seeds = range(_SAMPLES if spec.shown.kind == GENERATED else 1)
    engine = ""
    for seed in seeds:
        try:
            frozen = freeze(spec, seed=seed)
        except NotComputableError as error:
            place.report(f"{where}: {error}")
            return None
        if frozen is None:
            return ""
        engine = frozen.engine
        if not _as_expected(spec, frozen.question, place, where):
            return None
        if not _tells_why(frozen.question, place, where):
            return None
    return engine


def _as_expected(template: QuestionSpec, made: QuestionSpec, place: Place, where: str) -> bool:
    """What a file says it expects is an assertion: the engine's key must be the same."""
    expected = template.secret.key.get("expect")
    if not expected:
        return True
    key = made.secret.key
    right = set(key["choices"]) if "choices" in key else {key["choice"]}
    texts = {each["id"]: each["text"] for each in made.shown.body["choices"]}
    said = {next((id_ for id_, text in texts.items() if text == each), each) for each in expected}
    if said == right:
        return True
    answer = " · ".join(texts[id_] for id_ in texts if id_ in right)
    place.report(
        f"{where}: expect가 엔진의 판정과 다릅니다. 엔진의 정답: {answer}. "
        "문제를 잘못 적었는지, 엔진이 바뀌었는지 확인하십시오."
    )
    return False


def _tells_why(made: QuestionSpec, place: Place, where: str) -> bool:
    """Of an engine's choices too, each wrong one says what is wrong with it."""
    key = made.secret.key
    right = set(key["choices"]) if "choices" in key else {key["choice"]}
    silent = [
        each["text"]
        for each in made.shown.body["choices"]
        if each["id"] not in right and not made.secret.feedback.get(each["id"])
    ]
    if silent:
        place.report(
            f"{where}: 엔진이 만든 오답 보기 “{silent[0]}”에 설명이 없습니다. "
            "실습의 물음에 feedback을 넣으십시오."
        )
    return not silent
