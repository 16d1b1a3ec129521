"""A field for a point in time, typed in the site's zone."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.kernel.moments import zone_name

_PICKED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_TYPED = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?\s*(?:\([월화수목금토일]\))?"
    r"[\sT]\s*(\d{1,2})\s*[:시]\s*(\d{1,2})\s*분?(?::\d{2})?"
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MomentInput(forms.DateTimeInput):
    """The browser's picker; a plain text field for what the picker would throw away."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _PICKED.fullmatch(shown):
            context["widget"]["type"] = "text"
        return context


class MomentField(forms.Field):
    """`2026-03-06T23:59` from a picker, or typed as `2026. 3. 6. 23:59`; an aware time."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if isinstance(value, dt.datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def to_python(self, value: Any) -> dt.datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        match = _TYPED.fullmatch(text)
        if match is None:
            raise ValidationError(
                f"‘{text[:40]}’에서 날짜와 시각을 읽을 수 없습니다. "
                "2026-03-06 23:59처럼 적어 주세요."
            )
        try:
            year, month, day, hour, minute = map(int, match.groups())
            naive = dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001
        except ValueError:
            raise ValidationError(f"달력에 없는 날짜나 시각입니다: {text[:40]}") from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(f"{FIRST_YEAR}년과 {LAST_YEAR}년 사이의 날짜를 적어 주세요.")
        return _aware(naive)


def _aware(naive: dt.datetime) -> dt.datetime:
    """Where clocks are put forward, an hour does not exist; put back, the first one is meant."""
    zone = timezone.get_current_timezone()
    when = naive.replace(tzinfo=zone)
    if when.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(
            f"{zone_name(zone)}에서는 시계를 앞당겨 이 시각이 없습니다. 한 시간 뒤로 적어 주세요."
        )
    return when.astimezone(dt.UTC)
