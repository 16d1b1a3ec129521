"""A class at work: attempts handed in through the services, and what the pages say, in words."""

import datetime as dt
import re
from html import unescape

from django.test import Client

from apps.accounts.models import User
from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Enrollment, Mark
from apps.classrooms.services.marking import mark_work
from apps.quizzes.models import Attempt
from apps.quizzes.services.taking import submit_attempt
from tests.classrooms.factories import make_user
from tests.classrooms.work_factories import run_of
from tests.quizzes.factories import HOUR, NOW, items_of, right, save, start, wrong

DUE = NOW + 24 * HOUR
LATEST = DUE + 24 * HOUR
AFTER = LATEST + HOUR


def begin(assignment: Assignment, enrollment: Enrollment, *, now: dt.datetime = NOW) -> Attempt:
    return start(run_of(assignment), enrollment.learner, now=now)


def hand_in(
    assignment: Assignment, enrollment: Enrollment, *, right_ones: int, now: dt.datetime = NOW
) -> Attempt:
    """An attempt with so many right answers, all others wrong, begun and submitted at `now`."""
    attempt = begin(assignment, enrollment, now=now)
    for index, item in enumerate(items_of(attempt)):
        save(item, right(item) if index < right_ones else wrong(item), now=now)
    return submit_attempt(attempt=attempt, now=now)


def say(
    assignment: Assignment,
    enrollment: Enrollment,
    judgment: Judgment,
    *,
    by: User | None = None,
    base: int | None = None,
    now: dt.datetime = NOW,
) -> Mark | None:
    """A mark by who has seen the newest one, unless `base` says otherwise."""
    newest = Mark.objects.filter(assignment=assignment, enrollment=enrollment).last()
    return mark_work(
        assignment=assignment,
        enrollment=enrollment,
        judgment=judgment,
        base=(newest.pk if newest else 0) if base is None else base,
        by=by or make_user(role="instructor"),
        now=now,
    )


def words(client: Client, address: str, status: int = 200) -> str:
    """What a page says, without markup."""
    response = client.get(address)
    assert response.status_code == status
    return plain(response.content.decode().split("<main", 1)[-1])


def plain(html: str) -> str:
    apart = re.sub(r"</(?:p|li|h\d)>", " ", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", apart)))


def table_on(page: str) -> list[list[str]]:
    """The values of each row of the gradebook as the screen shows them, empty ones left out."""
    body = page.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [
        [unescape(value) for value in re.findall(r'class="gb__value[^"]*">([^<]*)<', row)]
        for row in body.split("<tr>")[1:]
    ]
