"""What a document says beside its form: pictures, and what the engine answers to it."""

from collections.abc import Iterator
from typing import Any

from apps.content.snippet import render_snippet
from apps.content.tree import parse
from apps.kernel.documents import Findings, join
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import GENERATED, NotComputableError, freeze

# Not Markdown: what is typed, named or compared.
_NO_MARKDOWN = frozenset({"kind", "accepted", "answer", "unit", "scenario", "parameters", "expect"})


def check_pictures(document: object, findings: Findings) -> None:
    """Every picture tells in words what it shows, for those who do not see it."""
    for path, text in _texts(document, ""):
        if "![" not in text and "<img" not in text.lower():
            continue
        root, _ = parse(render_snippet(text))
        if any(each.tag == "img" and not each.attrs.get("alt", "").strip() for each in root.iter()):
            findings.add(
                path,
                "대체 텍스트가 없는 그림이 있습니다. ![무엇이 보이는지](그림 주소)처럼 대괄호 "
                "안에 적어 주세요.",
            )


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """All Markdown of a document that was read without a problem, so it is no deeper than one."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in _NO_MARKDOWN:
                yield from _texts(member, join(path, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _texts(member, f"{path}[{index}]")


def check_engine(spec: QuestionSpec, findings: Findings) -> str:
    """The engine that answers it, with its version; "" for a typed question.

    Tells what the engine cannot compute, and where it says otherwise than the document expects.
    """
    place = "generator" if spec.shown.kind == GENERATED else "widget"
    try:
        frozen = freeze(spec, seed=0)
    except NotComputableError as error:
        findings.add(place, str(error))
        return ""
    if frozen is None:
        return ""
    _check_expected(spec, frozen.question, findings)
    return frozen.engine


def _check_expected(template: QuestionSpec, made: QuestionSpec, findings: Findings) -> None:
    expected: list[str] = template.secret.key.get("expect", [])
    key: dict[str, Any] = made.secret.key
    right = set(key["choices"]) if "choices" in key else {key["choice"]}
    texts = {each["id"]: each["text"] for each in made.shown.body["choices"]}
    said = {next((id_ for id_, text in texts.items() if text == each), each) for each in expected}
    if expected and said != right:
        answer = " · ".join(text for id_, text in texts.items() if id_ in right)
        findings.add("expect", f"적은 정답이 엔진의 판정과 다릅니다. 엔진의 정답: {answer}")
