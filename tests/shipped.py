"""The shipped lessons and questions, for tests: read once, and brought into a database quickly."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from apps.content.catalogue import Catalogue
from apps.lessons.loading import Content, read_content, sync_content
from tests.moments import NOW

_APPS = ("lessons", "quizzes")
_snapshot: dict[type[Model], list[Model]] = {}


@cache
def shipped_content() -> Content:
    """The shipped lessons and questions, read once for all tests."""
    reading = read_content(settings.GUREUM_CONTENT_DIRS)
    assert reading.content is not None, [str(problem) for problem in reading.problems]
    return reading.content


def shipped_catalogue() -> Catalogue:
    return shipped_content().catalogue


@transaction.atomic
def bring_in() -> None:
    """The rows that `sync_content` makes.

    For an empty database it is asked once; afterwards its rows are copied, which takes a tenth of
    the time. Foreign keys are checked at the end of the transaction: the order does not matter.
    """
    models = [model for name in _APPS for model in apps.get_app_config(name).get_models()]
    is_empty = not any(model._default_manager.exists() for model in models)
    if not (_snapshot and is_empty):
        sync_content(shipped_content(), source_digest="test", now=NOW)
        if is_empty:
            _snapshot.update({model: list(model._default_manager.all()) for model in models})
        return
    for model, rows in _snapshot.items():
        model._default_manager.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_snapshot)):
            cursor.execute(statement)
