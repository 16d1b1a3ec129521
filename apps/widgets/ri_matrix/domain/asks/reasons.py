"""What stands in the way of a change: every reason at once, by the engine's codes."""

from collections.abc import Mapping

from ..changes import Reason, ReasonCode
from .values import Option, Question, sentences

_NONE = "none"
_TEXTS: Mapping[ReasonCode, str] = {
    ReasonCode.FOOTPRINT: "정규화 단위의 합계가 다릅니다.",
    ReasonCode.FAMILY: "세대 말고도 다른 점이 있는 패밀리로 바꿉니다. 예: m5에서 c5로.",
    ReasonCode.GENERATION: "세대만 다른 패밀리로 바꿉니다. 예: m4에서 m5로.",
    ReasonCode.PLATFORM: "크기를 바꿀 수 없는 플랫폼입니다.",
    ReasonCode.TENANCY: "크기를 바꿀 수 없는 테넌시입니다.",
    ReasonCode.REGION: "리전이 서로 다릅니다.",
    ReasonCode.FAMILY_NOT_MODIFIABLE: "크기를 수정할 수 없는 패밀리입니다.",
    ReasonCode.SINGLE_SIZE: "크기가 하나뿐인 유형입니다.",
    ReasonCode.OFFERING_CLASS: "클래스(표준, 변동)가 맞지 않습니다.",
    ReasonCode.PAYMENT_OPTION: "결제 옵션이 맞지 않습니다.",
    ReasonCode.HOURS_LEFT: "만료까지 남은 시간이 모자랍니다.",
    ReasonCode.TERM: "약정 기간이 맞지 않습니다.",
    ReasonCode.STATE: "활성 상태가 아닌 RI가 있습니다.",
    ReasonCode.EXPIRES: "만료 시각이 서로 다릅니다.",
}


def reason_question(
    stem: str, reasons: tuple[Reason, ...], offered: Mapping[ReasonCode, str], text: str
) -> Question:
    """Which rules refuse it. `offered` says of each rule why it would not stand in the way."""
    given = {reason.code: reason.text for reason in reasons}
    options = [
        Option(code.value, _TEXTS[code], given.get(code, respected))
        for code, respected in offered.items()
    ]
    nothing = text if not reasons else sentences(text, reasons[0].text)
    options.append(Option(_NONE, "거절될 이유가 없습니다.", nothing))
    return Question(
        "reason",
        f"{stem} 이 요청이 거절된다면 그 이유를 모두 고르십시오.",
        tuple(options),
        frozenset(code.value for code in given) or frozenset({_NONE}),
        sentences(text, *given.values()),
        multiple=True,
    )
