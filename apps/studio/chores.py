"""Files that were uploaded and never decided on."""

import datetime as dt

from django.db.models import QuerySet

from apps.core.maintenance import Chore
from apps.studio.models import ImportFile

KEPT = dt.timedelta(days=7)


def _undecided(now: dt.datetime) -> QuerySet[ImportFile]:
    return ImportFile.objects.filter(applied_at__isnull=True, uploaded_at__lt=now - KEPT)


def _forget(now: dt.datetime) -> int:
    return _undecided(now).delete()[0]


CHORES = (
    Chore(
        "import-files",
        "가져오지 않은 문제 파일",
        lambda now: _undecided(now).count(),
        _forget,
    ),
)
