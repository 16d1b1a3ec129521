"""Predictions: other apps may want to remember them; widgetkit keeps nothing itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from apps.widgetkit.asks import Ask
from apps.widgetkit.manifest import Json


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a learner committed to before the outcome was shown."""

    widget: str
    scenario: Json
    ask: Ask
    answer: frozenset[str]

    @property
    def is_right(self) -> bool:
        return self.ask.is_right(self.answer)


Recorder = Callable[[HttpRequest, Prediction], None]

_recorders: list[Recorder] = []


def register_prediction_recorder(recorder: Recorder) -> None:
    """Called in `AppConfig.ready` by the app that owns progress."""
    _recorders.append(recorder)


def record(request: HttpRequest, prediction: Prediction) -> None:
    for recorder in _recorders:
        recorder(request, prediction)
