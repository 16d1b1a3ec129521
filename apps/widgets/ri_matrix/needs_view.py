"""The panel "필요로 고르기": what the learner needs, which options remain, why others do not."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json, Query

from .domain.needs import NEEDS, NeedId, OptionFit, Reason, judge_needs, read_needs
from .matrix_view import SourceView, row_id, source_view
from .way_words import WAYS, WayWord

# As short as a row of the matrix has room for.
SHORT_NAMES: Mapping[str, str] = {
    NeedId.REGION: "리전",
    NeedId.AZ: "가용 영역",
    NeedId.FAMILY: "패밀리",
    NeedId.SIZE: "크기",
    NeedId.PLATFORM: "운영 체제",
    NeedId.TENANCY: "테넌시",
    NeedId.CAPACITY: "용량 보장",
    NeedId.SERVERLESS: "Fargate·Lambda",
    NeedId.DISCOUNT: "할인",
    NeedId.RESALE: "되팔기",
    NeedId.NO_INTERRUPTION: "회수 없음",
    NeedId.NO_COMMITMENT: "약정 없음",
}


@dataclass(frozen=True, slots=True)
class NeedField:
    id: str
    label: str
    explanation: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ReasonView:
    need: str
    fits: bool
    way: WayWord | None
    text: str
    source: SourceView | None


@dataclass(frozen=True, slots=True)
class OptionView:
    row: str  # the id of its row in the matrix
    name: str
    fitting: tuple[ReasonView, ...]
    failing: tuple[ReasonView, ...]


def needs_context(scenario: Json, result: Json, query: Query) -> Json:
    """With an empty result (a prediction is asked) only the needs are told."""
    reading = read_needs(scenario)
    asked = [] if isinstance(reading, Invalid) else reading
    judged = () if isinstance(reading, Invalid) or not result else judge_needs(reading)
    fields = [NeedField(need.id, need.label, need.explanation, need.id in asked) for need in NEEDS]
    options = [_option_view(fit) for fit in judged]
    return {
        "fields": fields,
        "chosen": [each for each in fields if each.checked],
        "problems": [problem["message"] for problem in result.get("problems", ())],
        "total": len(options),
        "remaining": [each for each in options if not each.failing],
        "excluded": [each for each in options if each.failing],
    }


def _option_view(fit: OptionFit) -> OptionView:
    reasons = [_reason_view(reason) for reason in fit.reasons]
    return OptionView(
        row=row_id(fit.row.option, fit.row.scope),
        name=fit.row.name,
        fitting=tuple(each for each in reasons if each.fits),
        failing=tuple(each for each in reasons if not each.fits),
    )


def _reason_view(reason: Reason) -> ReasonView:
    return ReasonView(
        need=SHORT_NAMES[reason.need],
        fits=reason.fits,
        way=WAYS[reason.way] if reason.way else None,
        text=reason.text,
        source=source_view(reason.source) if reason.source else None,
    )
