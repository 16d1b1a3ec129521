"""Predictions made in widgets become part of the learner's record."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import Learner
from apps.accounts.services import ensure_learner
from apps.lessons.models import WidgetPrediction
from apps.lessons.services import keep_prediction
from apps.widgetkit.manifest import Widget
from apps.widgetkit.predictions import Prediction
from apps.widgetkit.registry import all_widgets


@dataclass(frozen=True)
class PredictionRow:
    """How often a learner predicted in one widget, and how often rightly."""

    widget: Widget
    made: int
    right: int


def remember(request: HttpRequest, prediction: Prediction) -> None:
    """The recorder that widgetkit calls: a prediction is a first action, and makes a learner."""
    now = timezone.now()
    keep_prediction(learner=ensure_learner(request, now=now), prediction=prediction, now=now)


def predictions_of(learner: Learner | None) -> list[PredictionRow]:
    """The widgets in which the learner predicted, in one query."""
    counted = {
        row["widget"]: row
        for row in WidgetPrediction.objects.of(learner)
        .values("widget")
        .annotate(made=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    }
    return [
        PredictionRow(widget, counted[widget.slug]["made"], counted[widget.slug]["right"])
        for widget in all_widgets()
        if widget.slug in counted
    ]
