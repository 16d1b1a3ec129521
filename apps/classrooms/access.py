"""Every page of a class begins here: it is found among one's own classes, or not at all."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from apps.accounts.access import signed_in_user
from apps.accounts.models import User
from apps.accounts.services import current_learner
from apps.classrooms.models import Assignment, Classroom, Enrollment


class ArchivedError(Exception):
    """An archived class is read, but not used; the text (Korean) says what can be done."""

    def __init__(self) -> None:
        super().__init__("보관한 반입니다. 설정에서 보관을 풀면 다시 쓸 수 있습니다.")


def taught_classroom(request: HttpRequest, public_id: UUID) -> Classroom:
    """A class that this instructor teaches; 404 for anybody else's. Behind instructor_required."""
    user = signed_in_user(request)
    return get_object_or_404(Classroom.objects.taught_by(user), public_id=public_id)


def taught_assignment(request: HttpRequest, public_id: UUID) -> Assignment:
    """An assignment (taken down or not) of a class that this instructor teaches; else 404."""
    user = signed_in_user(request)
    own = Assignment.objects.with_targets().filter(classroom__in=Classroom.objects.taught_by(user))
    return get_object_or_404(own, public_id=public_id)


def own_enrollment(request: HttpRequest, classroom: Classroom) -> Enrollment:
    """The learner's active place in the class; 404 for who is not in it (any more)."""
    enrollment = (
        Enrollment.objects.of(current_learner(request))
        .active()
        .select_related("learner__user", "classroom")
        .filter(classroom=classroom)
        .first()
    )
    if enrollment is None:
        raise Http404
    return enrollment


def teaches(request: HttpRequest, classroom: Classroom) -> bool:
    """Whether whoever asks is one of the class's instructors, or an administrator."""
    user = request.user
    if not isinstance(user, User):
        return False
    return Classroom.objects.taught_by(user).filter(pk=classroom.pk).exists()


def refuse_archived(classroom: Classroom) -> None:
    """Raises ArchivedError where nothing may change any more."""
    if classroom.is_archived:
        raise ArchivedError
