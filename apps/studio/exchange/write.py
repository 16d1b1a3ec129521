"""Questions of this site as a file of a format, and what the file does not hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.studio.exchange.gift import losses_gift, write_gift
from apps.studio.exchange.items import Item, Json
from apps.studio.exchange.leaving import Outgoing, leave
from apps.studio.exchange.moodle_xml import losses_moodle_xml, write_moodle_xml
from apps.studio.exchange.toml_format import write_toml


class ExportFormat(StrEnum):
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    TOML = "toml"

    @property
    def label(self) -> str:
        return {"gift": "GIFT", "moodle-xml": "Moodle XML", "toml": "TOML (구름사다리)"}[self.value]

    @property
    def suffix(self) -> str:
        return {"gift": "gift.txt", "moodle-xml": "xml", "toml": "toml"}[self.value]

    @property
    def media_type(self) -> str:
        return {"gift": "text/plain", "moodle-xml": "application/xml", "toml": "application/toml"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Loss:
    """What of one question the file does not hold (Korean sentences); `name` as people call it."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    losses: tuple[Loss, ...]


def write_file(
    export_format: ExportFormat, questions: Sequence[Outgoing], quizzes: Sequence[Json] = ()
) -> Written:
    """The whole file, and per question what it lost; questions without losses are not listed."""
    if export_format is ExportFormat.TOML:
        return Written(write_toml(questions, quizzes), ())
    write, losses_of = _ITEM_WRITERS[export_format]
    items: list[Item] = []
    losses: list[Loss] = []
    for question in questions:
        leaving = leave(question)
        told = list(leaving.losses)
        if leaving.item is not None:
            items.append(leaving.item)
            told += losses_of(leaving.item)
        if told:
            losses.append(Loss(name_of(question), tuple(dict.fromkeys(told))))
    return Written(write(items), tuple(losses))


def name_of(question: Outgoing) -> str:
    words = " ".join((question.title or question.spec.shown.stem).split())
    words = words or question.slug
    return words if len(words) <= 60 else f"{words[:59]}…"


_ITEM_WRITERS: dict[
    ExportFormat, tuple[Callable[[Sequence[Item]], str], Callable[[Item], list[str]]]
] = {
    ExportFormat.GIFT: (write_gift, losses_gift),
    ExportFormat.MOODLE_XML: (write_moodle_xml, losses_moodle_xml),
}
