"""만들어 내는 문제: a generator and a seed make a fresh question, its key computed."""

from collections.abc import Mapping

from apps.kernel.documents import Findings

from .base import Json, Parts, TemplateKind
from .templates import read_name


class Generated(TemplateKind):
    """`body`: {"generator": id}; `key`: {}."""

    name = "generated"
    label = "만들어 내는 문제"
    required = ("generator",)
    optional = ()

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        generator = read_name(document, "generator", path, findings)
        return Parts({"generator": generator}, {}, {}) if generator else None

    def dump(self, parts: Parts) -> Json:
        return {**parts.body}
