"""만들어 내는 문제: a generator and a seed make a fresh question, its key computed."""

import re
from collections.abc import Mapping

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown

from .base import Json, Parts, TemplateKind
from .templates import read_name
from .texts import MAX_LINE, check_line

_MAX_PARAMETERS = 12
_PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Generated(TemplateKind):
    """`body`: {"generator": id, "parameters": {name: value}}; `key`: {}.

    Without parameters the body does not name them. Whether the generator has them is for whoever
    has the generators to say.
    """

    name = "generated"
    label = "만들어 내는 문제"
    required = ("generator",)
    optional = ("parameters",)

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        generator = read_name(document, "generator", path, findings)
        parameters = _read_parameters(document, path, findings)
        if not generator or parameters is None:
            return None
        body: Json = {"generator": generator}
        if parameters:
            body["parameters"] = parameters
        return Parts(body, {}, {})

    def dump(self, parts: Parts) -> Json:
        document = {**parts.body}
        if "parameters" in document:
            document["parameters"] = {**document["parameters"]}
        return document


def _read_parameters(
    document: Mapping[str, object], path: str, findings: Findings
) -> dict[str, str] | None:
    """Names and values; None where one of them is refused."""
    value = document.get("parameters", {})
    place = join(path, "parameters")
    if not isinstance(value, dict):
        findings.add(place, f"이름과 값을 적은 표여야 합니다. 적힌 값: {shown(value)}")
        return None
    if len(value) > _MAX_PARAMETERS:
        findings.add(place, f"{_MAX_PARAMETERS}개까지 적을 수 있습니다.")
        return None
    parameters: dict[str, str] = {}
    for name, each in value.items():
        if not isinstance(name, str) or not _PARAMETER.fullmatch(name):
            findings.add(
                place,
                f"조건의 이름은 영어 소문자, 숫자, 밑줄로 적어 주세요. 적힌 이름: {shown(name)}",
            )
            return None
        text = check_line(each, join(place, name), findings, most=MAX_LINE)
        if not text:
            return None
        parameters[name] = text
    return parameters
