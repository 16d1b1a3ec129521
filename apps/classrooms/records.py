"""A learner's places in classes, when two learners become one, or one goes."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.accounts.hooks import Moving, Records
from apps.accounts.models import Learner, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.resetting import void_reset_codes
from apps.classrooms.domain.standing import Standing
from apps.classrooms.models import Assignment, Classroom, Enrollment, Instructorship, Mark
from apps.classrooms.models.rooms import ClassroomQuerySet
from apps.classrooms.queries.standings import learner_standings
from apps.quizzes.presenting.result import number

ERASED_NAME = "탈퇴한 학습자"
ERASED_REASON = "(학습자가 기록을 지우면서 함께 지웠습니다.)"

_STATE = Enrollment.State


def count(learner: Learner) -> list[tuple[str, int]]:
    places = Enrollment.objects.of(learner).active().count()
    return [("참여한 반", places)] if places else []


def move(moving: Moving) -> None:
    """A place in a class moves, unless the target has one there: then that one stays."""
    own = {
        each.classroom_id: each
        for each in Enrollment.objects.of(moving.target).select_for_update(of=("self",))
    }
    places = Enrollment.objects.of(moving.source).select_for_update(of=("self",))
    for place in places.select_related("classroom").order_by("pk"):
        kept = own.get(place.classroom_id)
        if kept is None:
            _hand_over(place, moving)
        else:
            _merge(kept, place, moving)
        if moving.target.user is not None:
            # An instructor's code for a new password was given for the classes of before.
            void_reset_codes(moving.target.user)


def _hand_over(place: Enrollment, moving: Moving) -> None:
    """With its state: to sign in is no way around a block.

    An instructor who tried the own class by name is none of its learners afterwards. It is on
    record who took the place over: on a shared computer it may have been a neighbor's.
    """
    target = moving.target
    place.learner = target
    if target.user_id is not None:
        record_audit(
            actor=target.user,
            action="enrollment-claimed",
            subject=f"{place.classroom.name} · {place.public_id}",
            now=moving.now,
            classroom=place.classroom_id,
        )
        place.entry_digest = ""  # who has an account enters with it
        teaches = place.classroom.instructorships.filter(user=target.user_id).exists()
        if teaches and place.is_active:
            place.state = _STATE.LEFT
    place.save(update_fields=["learner", "entry_digest", "state"])


def _merge(kept: Enrollment, other: Enrollment, moving: Moving) -> None:
    """What the class knows of `other` goes over to `kept`, where that says nothing yet.

    A block stays on the place that was blocked: the one that an instructor left open is no way to
    it, and the one that an instructor closed is opened by nothing that is done elsewhere.
    """
    marked = Mark.objects.filter(enrollment=kept).values("assignment")
    Mark.objects.filter(enrollment=other).exclude(assignment__in=marked).update(enrollment=kept)
    dropped = Mark.objects.filter(enrollment=other).count()
    if kept.state in {_STATE.REMOVED, _STATE.LEFT} and other.state == _STATE.ACTIVE:
        kept.state = _STATE.ACTIVE
    kept.student_number = kept.student_number or other.student_number
    kept.joined_at = min(kept.joined_at, other.joined_at)
    entered = [each for each in (kept.entered_at, other.entered_at) if each is not None]
    kept.entered_at = min(entered, default=None)
    record_audit(
        actor=moving.target.user,
        action="enrollment-merged",
        subject=f"{other.classroom.name} · {kept.public_id}",
        now=moving.now,
        state=other.state,
        marks_dropped=dropped,
    )
    other.delete()  # before its number is given on: a number is there once
    if kept.is_active and _is_taken(kept):
        kept.student_number = ""
    kept.save()


def _is_taken(place: Enrollment) -> bool:
    """Whether somebody else in the class has the number by now."""
    if not place.student_number:
        return False
    others = Enrollment.objects.active().filter(classroom=place.classroom_id)
    return others.filter(student_number=place.student_number).exclude(pk=place.pk).exists()


def erase(learner: Learner, now: dt.datetime) -> None:
    """Scores stay in the instructor's figures; whose they were nobody can tell any more."""
    places = Enrollment.objects.of(learner)
    marks = Mark.objects.filter(enrollment__in=places)
    marks.update(comment="")
    marks.exclude(reason="").update(reason=ERASED_REASON)
    places.update(name=ERASED_NAME, student_number="", entry_digest="", state=_STATE.LEFT)


def objections(user: User) -> list[str]:
    """Classes in use that would be left without an instructor."""
    alone = _taught_alone(user).current()
    return [
        f"‘{classroom.name}’의 담당 강사가 한 명뿐입니다. "
        "다른 강사를 더하거나 반을 보관한 뒤에 지울 수 있습니다."
        for classroom in alone
    ]


def _taught_alone(user: User) -> ClassroomQuerySet:
    may_teach = Q(user__is_instructor=True) | Q(user__is_staff=True)
    others = Instructorship.objects.exclude(user=user).filter(may_teach, user__is_active=True)
    own = Instructorship.objects.filter(user=user).values("classroom")
    # In one order, and held: two who teach together must not both leave because of the other.
    locked = Classroom.objects.select_for_update().filter(pk__in=own).order_by("pk")
    held = [classroom.pk for classroom in locked]
    return Classroom.objects.filter(pk__in=held).exclude(pk__in=others.values("classroom"))


def release(user: User) -> None:
    """Archived classes go on without; administrators still see them."""
    Instructorship.objects.filter(user=user).delete()


def export(learner: Learner) -> list[dict[str, Any]]:
    """Each class with what was set to it, as the learner's own page of it says."""
    places = Enrollment.objects.of(learner).select_related("classroom").order_by("pk")
    return [_place(place) for place in places]


def _place(place: Enrollment) -> dict[str, Any]:
    current = Assignment.objects.current().with_targets()
    assignments = list(current.filter(classroom=place.classroom))
    standings = learner_standings(assignments, place, now=timezone.now())
    return {
        "classroom": place.classroom.name,
        "name": place.name,
        "student_number": place.student_number,
        "state": place.get_state_display(),
        "origin": place.get_origin_display(),
        "joined_at": place.joined_at.isoformat(),
        "entered_at": place.entered_at.isoformat() if place.entered_at else None,
        "assignments": [_result(each, standings[each.pk]) for each in assignments],
    }


def _result(assignment: Assignment, standing: Standing) -> dict[str, Any]:
    return {
        "title": assignment.title,
        "state": standing.word,
        "score": None if standing.score is None else number(standing.score),
        "max_score": None if standing.max_score is None else number(standing.max_score),
        "reason": standing.reason,
        "comment": standing.comment,
        "due_at": standing.due_at.isoformat() if standing.due_at else None,
        "finished_at": standing.finished_at.isoformat() if standing.finished_at else None,
    }


RECORDS = Records(
    name="classrooms",
    count=count,
    move=move,
    export=export,
    erase=erase,
    objections=objections,
    release=release,
)
