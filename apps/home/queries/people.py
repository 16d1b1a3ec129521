"""Who is here, and in which classes."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest

from apps.accounts.models import Learner, User
from apps.classrooms.models import Enrollment


class Here(StrEnum):
    """How the site knows whose record it is."""

    ACCOUNT = "account"
    NAME = "name"  # joined a class by name alone
    BROWSER = "browser"  # this browser's session, and nothing else
    NOBODY = "nobody"  # has not done anything yet


@dataclass(frozen=True, slots=True)
class Identity:
    """`login` is the name of the account ("" without), `classes` the names of current classes."""

    here: Here
    name: str
    login: str
    classes: list[str]

    @property
    def has_records(self) -> bool:
        return self.here is not Here.NOBODY


def identity_of(
    request: HttpRequest, learner: Learner | None, classes: list[Enrollment]
) -> Identity:
    names = [each.classroom.name for each in classes]
    if isinstance(request.user, User):
        user = request.user
        return Identity(Here.ACCOUNT, user.get_full_name(), user.username, names)
    if learner is None:
        return Identity(Here.NOBODY, "", "", names)
    here = Here.NAME if learner.name else Here.BROWSER
    return Identity(here, learner.name, "", names)


def classes_of(learner: Learner | None) -> list[Enrollment]:
    """The learner's places in classes that are in use, the newest class first: one query."""
    places = Enrollment.objects.of(learner).active().filter(classroom__archived_at=None)
    return list(
        places.select_related("classroom", "learner__user").order_by("-classroom__created_at", "pk")
    )


def class_names(learner: Learner) -> list[str]:
    """Names of the classes in which the learner has a place, archived ones too."""
    places = Enrollment.objects.of(learner).active().order_by("pk")
    return list(places.values_list("classroom__name", flat=True))
