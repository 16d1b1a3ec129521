"""The filters and tags that put times on pages."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

NOW = dt.datetime(2026, 3, 6, 11, 39, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 3, 6, 14, 59, 30, tzinfo=dt.UTC)


def _rendered(source: str, **context: object) -> str:
    return Template("{% load times %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ when|moment }}", "2026년 3월 6일 (금) 23:59"),
        ("{{ when|exact_moment }}", "2026년 3월 6일 (금) 23:59:30"),
        ("{{ when|zone_name }}", "한국 시각"),
        ("{{ when|remaining:now }}", "3시간 20분 남음"),
        ("{{ when|starts_in:now }}", "3시간 20분 뒤"),
        (
            "{% deadline when now %}",
            '<time datetime="2026-03-06T14:59:30+00:00">2026년 3월 6일 (금) 23:59</time>'
            " (한국 시각) · 3시간 20분 남음",
        ),
        (
            "{% opening when now %}",
            '<time datetime="2026-03-06T14:59:30+00:00">2026년 3월 6일 (금) 23:59</time>'
            " (한국 시각) · 3시간 20분 뒤",
        ),
    ],
)
def test_times_are_shown_in_words(source: str, words: str) -> None:
    assert _rendered(source, when=DUE) == words
    assert _rendered(source, when=None) == ""


def test_another_zone_is_named_where_its_times_are_shown() -> None:
    with timezone.override("Europe/Berlin"):
        assert _rendered("{{ when|moment }} ({{ when|zone_name }})", when=DUE) == (
            "2026년 3월 6일 (금) 15:59 (Europe/Berlin)"
        )
