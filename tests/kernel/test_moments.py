"""Times and spans in words."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.moments import moment, remaining, span, until, zone_name

SEOUL = ZoneInfo("Asia/Seoul")
NOW = dt.datetime(2026, 3, 6, 14, 59, tzinfo=dt.UTC)


def test_a_moment_names_date_weekday_and_time_where_the_reader_is() -> None:
    assert moment(NOW, SEOUL) == "2026년 3월 6일 (금) 23:59"
    assert moment(NOW, dt.UTC) == "2026년 3월 6일 (금) 14:59"
    assert moment(NOW, SEOUL, seconds=True) == "2026년 3월 6일 (금) 23:59:00"


def test_the_weekday_is_that_of_the_zone_and_not_of_utc() -> None:
    assert moment(NOW + dt.timedelta(minutes=1), SEOUL) == "2026년 3월 7일 (토) 00:00"


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_every_day_has_its_own_weekday(day: dt.date) -> None:
    noon = dt.datetime.combine(day, dt.time(3), dt.UTC)
    monday = dt.date(2026, 3, 2)
    assert f"({'월화수목금토일'[(day - monday).days % 7]})" in moment(noon, SEOUL)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        moment(NOW.replace(tzinfo=None), SEOUL)


def test_zones_have_korean_names_where_there_are_any() -> None:
    assert zone_name(SEOUL) == "한국 시각"
    assert zone_name(dt.UTC) == "협정 세계시"
    assert zone_name(ZoneInfo("Europe/Berlin")) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (dt.timedelta(seconds=59), "1분 미만"),
        (dt.timedelta(minutes=1), "1분"),
        (dt.timedelta(minutes=59, seconds=59), "59분"),
        (dt.timedelta(hours=1), "1시간"),
        (dt.timedelta(hours=3, minutes=20, seconds=59), "3시간 20분"),
        (dt.timedelta(hours=23, minutes=59), "23시간 59분"),
        (dt.timedelta(days=1, minutes=59), "1일"),
        (dt.timedelta(days=2, hours=4, minutes=30), "2일 4시간"),
        (dt.timedelta(days=400), "400일"),
        (dt.timedelta(seconds=-1), "1분 미만"),
    ],
)
def test_a_span_is_told_by_its_two_largest_units(length: dt.timedelta, words: str) -> None:
    assert span(length) == words


def test_what_remains_ends_after_the_end_and_not_at_it() -> None:
    assert remaining(NOW + dt.timedelta(hours=3, minutes=20), NOW) == "3시간 20분 남음"
    assert remaining(NOW, NOW) == "1분 미만 남음"
    assert remaining(NOW, NOW + dt.timedelta(microseconds=1)) == "끝남"


def test_what_is_to_come_is_soon_in_its_last_minute() -> None:
    assert until(NOW + dt.timedelta(hours=3, minutes=20), NOW) == "3시간 20분 뒤"
    assert until(NOW + dt.timedelta(minutes=1), NOW) == "1분 뒤"
    assert until(NOW + dt.timedelta(seconds=59), NOW) == "곧"
    assert until(NOW, NOW) == "곧"


UNITS = {"일": 86_400, "시간": 3600, "분": 60}


@given(st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=900)))
def test_a_span_never_promises_more_than_there_is(length: dt.timedelta) -> None:
    parts = re.findall(r"(\d+)(일|시간|분)", span(length))
    said = sum(int(count) * UNITS[unit] for count, unit in parts)
    assert 0 <= length.total_seconds() - said < (3600 if parts[0][1] == "일" else 60)
