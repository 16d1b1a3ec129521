"""Points in time and spans in Korean words, the same on every page."""

import datetime as dt

_WEEKDAYS = "월화수목금토일"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_ZONES = {"Asia/Seoul": "한국 시각", "UTC": "협정 세계시"}


def moment(when: dt.datetime, zone: dt.tzinfo, *, seconds: bool = False) -> str:
    """`2026년 3월 6일 (금) 23:59`, in `zone`; with `seconds` also `:30`.

    ValueError for a time that does not know its own zone: nobody could say which moment it means.
    """
    if when.tzinfo is None:
        raise ValueError(f"a time without a zone: {when}")
    local = when.astimezone(zone)
    day = f"{local.year}년 {local.month}월 {local.day}일 ({_WEEKDAYS[local.weekday()]})"
    return f"{day} {local:%H:%M:%S}" if seconds else f"{day} {local:%H:%M}"


def zone_name(zone: dt.tzinfo) -> str:
    """`한국 시각`; a zone without a Korean name here goes by its own, such as `Europe/Berlin`."""
    name = str(zone)
    return _ZONES.get(name, name)


def span(length: dt.timedelta) -> str:
    """`2일 4시간`, `3시간 20분`, `5분`: the two largest units, what is below them left out.

    `1분 미만` for less than a minute, and for what is negative.
    """
    whole = int(length.total_seconds())
    days, hours, minutes = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR // _MINUTE
    if whole < _MINUTE:
        return "1분 미만"
    if days:
        return f"{days}일 {hours}시간" if hours else f"{days}일"
    if hours:
        return f"{hours}시간 {minutes}분" if minutes else f"{hours}시간"
    return f"{minutes}분"


def remaining(end: dt.datetime, now: dt.datetime) -> str:
    """`3시간 20분 남음`; at the end itself there is still time, after it `끝남`."""
    return "끝남" if now > end else f"{span(end - now)} 남음"


def until(start: dt.datetime, now: dt.datetime) -> str:
    """`3시간 20분 뒤`; `곧` where less than a minute is left, or none."""
    left = start - now
    return f"{span(left)} 뒤" if left >= dt.timedelta(minutes=1) else "곧"
