"""What an attacker tried once, and what changes behind a running attempt's back."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from apps.content.snippet import render_snippet
from apps.quizzes.models import Attempt, AttemptItem, Pool, Question, Quiz
from apps.quizzes.services.taking import RefusedError, check_item, repeat_wrong, submit_attempt
from apps.quizzes.services.taking import try_again as again
from apps.widgetkit.registry import get_widget
from apps.widgetkit.views import render_scene
from tests.quizzes.factories import (
    HOUR,
    NOW,
    begin,
    extend,
    form_of,
    items_of,
    make_exam,
    make_practice,
    only_item,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def checked_practice(*kinds: str) -> list[AttemptItem]:
    """Items of a running practice, all answered wrong and checked."""
    items = items_of(start(make_practice(*kinds)))
    for item in items:
        save(item, wrong(item))
        check_item(item=item, now=NOW)
    return items


@pytest.mark.parametrize("change", [{"pool": Pool.EXAM}, {"retired_at": NOW}])
def test_what_practice_no_longer_asks_is_not_dealt_again(change: dict[str, object]) -> None:
    first, second = checked_practice("single", "numeric")
    Question.objects.filter(pk=first.version.question_id).update(**change)
    first = AttemptItem.objects.get(pk=first.pk)
    with pytest.raises(RefusedError, match="더는 내지 않는 문제"):
        again(item=first, seed=1, now=NOW)
    closed = submit_attempt(attempt=first.attempt, now=NOW)
    repeated = repeat_wrong(attempt=closed, now=NOW, seed=1)
    assert [item.version for item in items_of(repeated)] == [second.version]


def test_nothing_is_repeated_when_all_that_was_wrong_is_kept_for_exams() -> None:
    (item,) = checked_practice("single")
    Question.objects.update(pool=Pool.EXAM)
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    with pytest.raises(RefusedError, match="더는 내지 않는 문제"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("kind", ["scenario", "generated"])
def test_a_scenario_that_its_engine_no_longer_reads_is_answered_by_its_stem(
    kind: str, client: Client
) -> None:
    attempt = begin(client, make_practice(kind))
    item = only_item(attempt)
    assert item.frozen is not None
    AttemptItem.objects.update(frozen={**item.frozen, "scenario": {"of": "an older engine"}})
    here = f"{attempt.get_absolute_url()}1/"
    page = client.get(here)
    assert page.status_code == 200
    assert "item__scene" not in page.content.decode()
    client.post(here, form_of(item, wrong(item), go="check"))
    client.post(f"{attempt.get_absolute_url()}submit/")
    assert client.get(f"{attempt.get_absolute_url()}review/").status_code == 200


def test_the_picture_of_an_item_does_not_say_that_the_acl_is_passed_by() -> None:
    widget = get_widget("packet-walk")
    assert widget is not None
    preset = widget.preset("same-subnet")
    assert preset is not None
    picture = render_scene(widget, preset.scenario, uid="item-1")
    assert "NACL acl-private" in picture
    assert "지나지 않습니다" not in picture
    assert "gate--idle" not in picture


def test_the_catalogue_offers_nothing_to_go_on_with_whose_time_is_over(
    client: Client, clock: Clock
) -> None:
    attempt = begin(client, make_exam(time_limit=600))
    clock.now = NOW + HOUR
    assert attempt.get_absolute_url() not in client.get("/quizzes/").content.decode()
    attempt.refresh_from_db()
    assert attempt.finished_at == NOW + dt.timedelta(minutes=10)


@pytest.mark.parametrize(
    ("seconds", "factor", "words"),
    [(30, 1, "30초"), (150, 1, "2분 30초"), (900, 1, "15분"), (900, "1.5", "22분 30초")],
)
def test_a_limit_is_told_to_the_second(
    seconds: int, factor: object, words: str, client: Client
) -> None:
    run = make_exam(time_limit=seconds)
    attempt = begin(client, run)
    extend(run, attempt.learner, time_factor=factor)
    page = client.get(run.quiz.get_absolute_url()).content.decode()
    assert re.findall(r"제한 시간 ([^.<]*)\.", page) == [words]


def test_an_attempt_outlives_its_quiz_and_leads_to_no_page_that_is_gone(client: Client) -> None:
    attempt = begin(client, make_practice("single"))
    cover = attempt.run.quiz.get_absolute_url()
    Quiz.objects.update(retired_at=NOW)
    address = attempt.get_absolute_url()
    item = only_item(attempt)
    client.post(f"{address}1/", form_of(item, wrong(item)))
    pages = [client.get(f"{address}1/")]
    client.post(f"{address}submit/")
    pages += [client.get(f"{address}review/"), client.post(f"{address}repeat/")]
    assert [page.status_code for page in pages] == [200, 200, 409]
    for page in pages:
        assert f'href="{cover}"' not in page.content.decode()
        assert 'href="/quizzes/"' in page.content.decode()


def test_markdown_nested_without_end_is_shown_as_it_was_typed() -> None:
    assert render_snippet("- " * 2000 + "<b>") == f"<p>{'- ' * 2000}&lt;b&gt;</p>"
