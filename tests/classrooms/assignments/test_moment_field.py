"""A point in time as people type it."""

import datetime as dt

import pytest
from django import forms
from django.utils import timezone

from apps.classrooms.forms.moments import MomentField

TYPED = [
    "2026-03-06T23:59",
    "2026-03-06T23:59:30",
    "2026-03-06 23:59",
    " 2026-03-06  23:59 ",
    "2026. 3. 6. 23:59",
    "2026/3/6 23:59",
    "2026년 3월 6일 23:59",
    "2026년 3월 6일 (금) 23시 59분",
]


class Form(forms.Form):
    when = MomentField(required=False)


@pytest.mark.parametrize("text", TYPED)
def test_what_is_typed_is_read_in_the_sites_zone(text: str) -> None:
    form = Form({"when": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == dt.datetime(2026, 3, 6, 14, 59, tzinfo=dt.UTC)


def test_nothing_is_no_time() -> None:
    form = Form({"when": "  "})
    assert form.is_valid()
    assert form.cleaned_data["when"] is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("내일", "읽을 수 없습니다"),
        ("2026-03-06", "읽을 수 없습니다"),
        ("2026-02-30T10:00", "달력에 없는"),
        ("2026-02-03T25:00", "달력에 없는"),
        ("0001-01-01T00:00", "2000년과 2100년 사이"),
        ("9999-12-31T23:59", "2000년과 2100년 사이"),
        ("2026-03-06T23:59" * 40, "읽을 수 없습니다"),
    ],
)
def test_what_is_no_time_is_refused_in_korean(text: str, says: str) -> None:
    form = Form({"when": text})
    assert not form.is_valid()
    assert says in form.errors["when"][0]


def test_what_the_picker_would_throw_away_stays_in_a_text_field() -> None:
    html = str(Form({"when": "내일 저녁"})["when"])
    assert 'type="text"' in html
    assert 'value="내일 저녁"' in html


def test_a_stored_time_is_shown_in_the_picker_in_the_sites_zone() -> None:
    when = dt.datetime(2026, 3, 6, 14, 59, tzinfo=dt.UTC)
    html = str(Form(initial={"when": when})["when"])
    assert 'type="datetime-local"' in html
    assert 'value="2026-03-06T23:59"' in html


def test_an_hour_that_clocks_leave_out_is_refused() -> None:
    with timezone.override("Europe/Berlin"):
        form = Form({"when": "2026-03-29T02:30"})
        assert not form.is_valid()
        assert "시계를 앞당겨" in form.errors["when"][0]


def test_an_hour_that_comes_twice_is_the_first_one() -> None:
    with timezone.override("Europe/Berlin"):
        form = Form({"when": "2026-10-25T02:30"})
        assert form.is_valid()
        assert form.cleaned_data["when"] == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
