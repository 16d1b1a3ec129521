"""Ways on from the state of a widget: other apps may offer some, each to whom it is for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from apps.widgetkit.manifest import Widget


@dataclass(frozen=True, slots=True)
class Way:
    """A link beside the widget: what it says (Korean), and where it leads with this state."""

    label: str
    address: str


# Given the request, the widget and the query string of a valid state; None: not for this reader.
WayFinder = Callable[[HttpRequest, Widget, str], Way | None]

_finders: list[WayFinder] = []


def register_way(finder: WayFinder) -> None:
    """Called in `AppConfig.ready` by the app that the way leads to.

    A finder may look at who is signed in: a widget's page names them in its header anyway and is
    never stored. It must not ask the database for somebody who brings no session, and is not asked
    at all for a widget inside a lesson, whose page is the same for everybody.
    """
    if finder not in _finders:
        _finders.append(finder)


def ways_on(request: HttpRequest, widget: Widget, query: str) -> list[Way]:
    """All ways that are for this reader, in the order in which they were registered."""
    found = (finder(request, widget, query) for finder in _finders)
    return [way for way in found if way is not None]
