"""Questions about a scenario."""

from collections.abc import Sequence

from apps.widgetkit.asks import Ask, Choice
from apps.widgetkit.manifest import Json

from .domain import evaluate


def asks(scenario: Json) -> Sequence[Ask]:
    result = evaluate(scenario)
    if "problems" in result:
        return []
    return [
        Ask(
            "disposition",
            "이 요청은 어떻게 됩니까?",
            "single",
            (
                Choice(
                    "delivered",
                    "요청도 응답도 도착합니다.",
                    "응답이 지나는 NACL의 포트를 다시 보세요.",
                ),
                Choice(
                    "request_denied", "요청이 가는 길에 막힙니다.", "요청 쪽은 모두 허용됩니다."
                ),
                Choice(
                    "response_denied",
                    "응답이 돌아오는 길에 막힙니다.",
                    "응답의 목적지는 임시 포트입니다.",
                ),
                Choice("no_route", "보낼 경로가 없습니다."),
                Choice("partially_delivered", "되기도 하고 안 되기도 합니다."),
            ),
            frozenset({result["disposition"]}),
            "응답은 임시 포트로 돌아갑니다.",
            6,
        )
    ]
