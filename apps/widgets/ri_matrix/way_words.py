"""How the ways in which a discount follows are named and marked, for every panel of the widget."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .domain.ways import Attribute, Way


@dataclass(frozen=True, slots=True)
class WayWord:
    """Shown as a `widget__tag` with `data-way`: the mark and the word, never color alone."""

    id: str
    mark: str  # one that the site's fonts have
    word: str  # as short as a cell of the matrix
    meaning: str  # one sentence for the legend


_WORDS = (
    (Way.AUTOMATIC, "✓", "자동", "할인이 저절로 따라옵니다."),
    (Way.MODIFY, "△", "수정", "무료로 수정을 신청하면 따라옵니다."),
    (Way.EXCHANGE, "⇄", "교환", "가치가 같거나 더 높은 다른 RI로 교환하면 따라옵니다."),
    (Way.IMPOSSIBLE, "✕", "불가", "할인이 따라올 방법이 없습니다."),
    (Way.NOT_APPLICABLE, "—", "해당 없음", "약정한 것이 없어 따질 것도 없습니다."),
)
WAYS: Mapping[Way, WayWord] = MappingProxyType(
    {way: WayWord(way.value, *words) for way, *words in _WORDS}
)

ATTRIBUTES: Mapping[Attribute, str] = MappingProxyType(
    {
        Attribute.REGION: "리전",
        Attribute.AZ: "가용 영역",
        Attribute.FAMILY: "패밀리",
        Attribute.SIZE: "크기",
        Attribute.PLATFORM: "플랫폼",
        Attribute.TENANCY: "테넌시",
    }
)
