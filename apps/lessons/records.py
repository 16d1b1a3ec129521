"""What a learner read and predicted, when two learners become one, or one goes."""

import datetime as dt
from typing import Any

from apps.accounts.hooks import Moving, Records
from apps.accounts.models import Learner
from apps.lessons.models import ReadingProgress, WidgetPrediction


def count(learner: Learner) -> list[tuple[str, int]]:
    reading = ReadingProgress.objects.of(learner).count()
    predictions = WidgetPrediction.objects.of(learner).count()
    counted = [("읽은 레슨", reading), ("실습에서 한 예측", predictions)]
    return [(label, number) for label, number in counted if number]


def move(moving: Moving) -> None:
    """Of one lesson the earliest mark and the newest place stay."""
    own = {row.lesson_id: row for row in ReadingProgress.objects.of(moving.target)}
    rows = list(ReadingProgress.objects.of(moving.source))
    for row in rows:
        if row.lesson_id in own:
            _merge(own[row.lesson_id], row)
    ReadingProgress.objects.of(moving.source).filter(lesson__in=own).delete()
    ReadingProgress.objects.of(moving.source).update(learner=moving.target)
    WidgetPrediction.objects.of(moving.source).update(learner=moving.target)


def _merge(kept: ReadingProgress, other: ReadingProgress) -> None:
    kept.read_at = min((each for each in (kept.read_at, other.read_at) if each), default=None)
    if other.updated_at > kept.updated_at:
        kept.block, kept.heading = other.block, other.heading
        kept.updated_at = other.updated_at
    kept.save(update_fields=["read_at", "block", "heading", "updated_at"])


def export(learner: Learner) -> dict[str, Any]:
    reading = ReadingProgress.objects.of(learner).select_related("lesson").order_by("lesson")
    predictions = WidgetPrediction.objects.of(learner).order_by("pk")
    return {
        "reading": [
            {
                "lesson": row.lesson.title,
                "address": row.lesson.get_absolute_url(),
                "read_at": row.read_at.isoformat() if row.read_at else None,
                "place": row.heading,
                "updated_at": row.updated_at.isoformat(),
            }
            for row in reading
        ],
        "predictions": [
            {
                "widget": row.widget,
                "question": row.ask,
                "scenario": row.scenario,
                "answer": row.answer,
                "is_right": row.is_right,
                "made_at": row.made_at.isoformat(),
            }
            for row in predictions
        ],
    }


def erase(learner: Learner, now: dt.datetime) -> None:
    """That a lesson was read stays: an instructor may have assigned it. Nobody counts the rest."""
    WidgetPrediction.objects.of(learner).delete()
    reading = ReadingProgress.objects.of(learner)
    reading.filter(read_at=None).delete()
    reading.update(block=0, heading="")


RECORDS = Records(name="lessons", count=count, move=move, export=export, erase=erase)
