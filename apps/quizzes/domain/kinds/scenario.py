"""상황 문제: asks about a scenario of a widget; the widget's engine computes the key."""

from collections.abc import Mapping

from apps.kernel.documents import Findings, join, read_list
from apps.kernel.shown import shown

from .base import Json, Parts, TemplateKind
from .documents import read_json_object
from .templates import read_name
from .texts import MAX_MEMBER, check_text

_MAX_EXPECTED = 12


class Scenario(TemplateKind):
    """`body`: {"widget": slug, "ask": id, "scenario": object | "preset": name}.

    `key`: {"expect": ids or texts of the choices that the file says are right, may be empty}. That
    is an assertion about the engine's key, never the key.
    """

    name = "scenario"
    label = "상황 문제"
    required = ("widget", "ask")
    optional = ("scenario", "preset", "expect")

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        widget = read_name(document, "widget", path, findings)
        ask = read_name(document, "ask", path, findings)
        body: Json = {"widget": widget, "ask": ask}
        if ("scenario" in document) == ("preset" in document):
            findings.add(
                join(path, "scenario"), "scenario와 preset 가운데 하나만, 하나는 적어 주세요."
            )
            return None
        if "scenario" in document:
            place = join(path, "scenario")
            scenario = read_json_object(document["scenario"], place, findings)
            if scenario is None:
                return None
            body["scenario"] = scenario
        else:
            body["preset"] = read_name(document, "preset", path, findings)
        return Parts(body, {"expect": _read_expected(document, path, findings)}, {})

    def dump(self, parts: Parts) -> Json:
        expected = list(parts.key["expect"])
        return {**parts.body, "expect": expected} if expected else {**parts.body}


def _read_expected(document: Mapping[str, object], path: str, findings: Findings) -> list[str]:
    expected: dict[str, None] = {}
    if "expect" not in document:
        return []
    place = join(path, "expect")
    for each, value in read_list(document["expect"], place, findings, most=_MAX_EXPECTED):
        text = check_text(value, each, findings, most=MAX_MEMBER)
        if text in expected:
            findings.add(each, f"같은 값이 이미 있습니다: {shown(text)}")
        expected[text] = None
    if document["expect"] == []:
        findings.add(place, "정답이라고 볼 보기를 하나 이상 적거나 expect를 빼 주세요.")
    return list(expected)
