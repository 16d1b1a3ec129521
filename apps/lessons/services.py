"""Writes: bringing the files into the database, and recording what learners read."""

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.db import transaction

from apps.accounts.models import Learner
from apps.content.catalogue import Catalogue, ErratumSpec, LessonSpec
from apps.kernel.changes import Changes
from apps.lessons.models import (
    ContentState,
    Erratum,
    Lesson,
    ReadingProgress,
    Unit,
    WidgetPrediction,
)
from apps.widgetkit.predictions import Prediction


@dataclass
class SyncReport:
    units: Changes = field(default_factory=Changes)
    lessons: Changes = field(default_factory=Changes)
    errata: Changes = field(default_factory=Changes)


@transaction.atomic
def sync_catalogue(catalogue: Catalogue, *, source_digest: str, now: dt.datetime) -> SyncReport:
    """Make the database say what the files say; rows keep their identity, none is deleted."""
    report = SyncReport()
    units = _sync_units(catalogue, report.units, now)
    lessons = _sync_lessons(catalogue, units, report.lessons, now)
    _sync_errata(catalogue, lessons, report.errata, now)
    ContentState.objects.update_or_create(
        id=ContentState.ONLY,
        defaults={"source_digest": source_digest, "digest": catalogue.digest, "loaded_at": now},
    )
    return report


def _sync_units(catalogue: Catalogue, changes: Changes, now: dt.datetime) -> dict[str, Unit]:
    existing = {unit.slug: unit for unit in Unit.objects.all()}
    current: dict[str, Unit] = {}
    for spec in catalogue.units:
        values = {
            "title": spec.title,
            "summary": spec.summary,
            "position": spec.position,
            "retired_at": None,
        }
        unit = existing.get(spec.slug) or Unit(slug=spec.slug)
        _save(unit, values, spec.slug, changes)
        current[spec.slug] = unit
    _retire(existing, current, changes, now)
    return current


def _sync_lessons(
    catalogue: Catalogue, units: dict[str, Unit], changes: Changes, now: dt.datetime
) -> dict[str, Lesson]:
    existing = {str(lesson.uuid): lesson for lesson in Lesson.objects.all()}
    wanted = {str(spec.uuid): spec for spec in catalogue.lessons}
    leaving = {key: lesson for key, lesson in existing.items() if key not in wanted}
    # First, so that a lesson may take over the slug of one that goes.
    _retire(leaving, {}, changes, now)
    for key, spec in wanted.items():
        # Two lessons may swap slugs: step aside, else the constraint refuses the first of them.
        if key in existing and existing[key].slug != spec.slug:
            Lesson.objects.filter(uuid=key).update(slug=key)
    current: dict[str, Lesson] = {}
    for key, spec in wanted.items():
        lesson = existing.get(key) or Lesson(uuid=spec.uuid)
        _save(lesson, _lesson_values(spec, units[spec.unit]), spec.slug, changes)
        current[spec.slug] = lesson
    return current


def _lesson_values(spec: LessonSpec, unit: Unit) -> dict[str, object]:
    return {
        "slug": spec.slug,
        "unit": unit,
        "position": spec.position,
        "title": spec.title,
        "short_title": spec.short_title,
        "summary": spec.summary,
        "minutes": spec.minutes,
        "objectives": list(spec.objectives),
        "blocks": [asdict(block) for block in spec.blocks],
        "toc": [asdict(entry) for entry in spec.toc],
        "digest": spec.digest,
        "retired_at": None,
    }


def _sync_errata(
    catalogue: Catalogue, lessons: dict[str, Lesson], changes: Changes, now: dt.datetime
) -> None:
    existing = {erratum.slug: erratum for erratum in Erratum.objects.all()}
    current: dict[str, Erratum] = {}
    for spec in catalogue.lessons:
        for erratum_spec in spec.errata:
            erratum = existing.get(erratum_spec.id) or Erratum(slug=erratum_spec.id)
            values = _erratum_values(erratum_spec, lessons[spec.slug])
            _save(erratum, values, erratum_spec.id, changes)
            current[erratum_spec.id] = erratum
    _retire(existing, current, changes, now)


def _erratum_values(spec: ErratumSpec, lesson: Lesson) -> dict[str, object]:
    return {
        "lesson": lesson,
        "number": spec.number,
        "section": spec.section,
        "quote": spec.quote,
        "kind": spec.kind,
        "severity": spec.severity,
        "confidence": spec.confidence,
        "correction": spec.correction,
        "sources": [asdict(source) for source in spec.sources],
        "retired_at": None,
    }


def _save(
    row: Unit | Lesson | Erratum, values: dict[str, object], name: str, changes: Changes
) -> None:
    added = row._state.adding
    changed = not added and any(getattr(row, key) != value for key, value in values.items())
    changes.note(name, added=added, changed=changed)
    if not added and not changed:
        return
    for key, value in values.items():
        setattr(row, key, value)
    row.save()


def _retire(
    existing: "dict[str, Unit] | dict[str, Lesson] | dict[str, Erratum]",
    current: "dict[str, Unit] | dict[str, Lesson] | dict[str, Erratum]",
    changes: Changes,
    now: dt.datetime,
) -> None:
    for key, row in existing.items():
        if key not in current and row.retired_at is None:
            row.retired_at = now
            row.save(update_fields=["retired_at"])
            changes.retired.append(row.slug)


def keep_prediction(
    *, learner: Learner, prediction: Prediction, now: dt.datetime
) -> WidgetPrediction:
    """Keep what a learner predicted, right or wrong."""
    return WidgetPrediction.objects.create(
        learner=learner,
        widget=prediction.widget,
        ask=prediction.ask.id,
        scenario=prediction.scenario,
        answer=sorted(prediction.answer),
        is_right=prediction.is_right,
        made_at=now,
    )


@transaction.atomic
def mark_read(*, learner: Learner, lesson: Lesson, read: bool, now: dt.datetime) -> ReadingProgress:
    """Mark the lesson as read, or take the mark back; marking twice keeps the first date."""
    progress, _ = ReadingProgress.objects.get_or_create(
        learner=learner, lesson=lesson, defaults={"updated_at": now}
    )
    if read != (progress.read_at is not None):
        progress.read_at = now if read else None
        progress.updated_at = now
        progress.save(update_fields=["read_at", "updated_at"])
    return progress


@transaction.atomic
def remember_position(
    *, learner: Learner, lesson: Lesson, block: int, heading: str, now: dt.datetime
) -> ReadingProgress:
    """Remember the place where the learner stopped reading."""
    progress, _ = ReadingProgress.objects.update_or_create(
        learner=learner,
        lesson=lesson,
        defaults={"block": block, "heading": heading, "updated_at": now},
    )
    return progress
