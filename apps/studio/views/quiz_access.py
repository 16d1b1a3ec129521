"""Every page of a quiz begins here: 404 where it is not to be seen, 403 where not to be changed."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from apps.accounts.access import signed_in_user
from apps.quizzes.models import Quiz


def visible_quiz(request: HttpRequest, uuid: UUID) -> Quiz:
    """Shipped, own or shared; archived ones too. Behind instructor_required."""
    user = signed_in_user(request)
    return get_object_or_404(Quiz.objects.visible_to(user).select_related("owner"), uuid=uuid)


def editable_quiz(request: HttpRequest, uuid: UUID) -> Quiz:
    quiz = visible_quiz(request, uuid)
    if not may_edit(request, quiz):
        raise PermissionDenied
    return quiz


def owned_quiz(request: HttpRequest, uuid: UUID) -> Quiz:
    """To archive, restore or delete: the owner's, or an administrator's."""
    quiz = editable_quiz(request, uuid)
    user = signed_in_user(request)
    if quiz.owner_id != user.pk and not user.is_staff:
        raise PermissionDenied
    return quiz


def may_edit(request: HttpRequest, quiz: Quiz) -> bool:
    user = signed_in_user(request)
    return Quiz.objects.editable_by(user).filter(pk=quiz.pk).exists()


def may_copy(request: HttpRequest, quiz: Quiz) -> bool:
    user = signed_in_user(request)
    return Quiz.objects.copyable_by(user).filter(pk=quiz.pk).exists()


def base_revision(request: HttpRequest) -> int:
    """The revision that the form was made from; 0, which never holds, for nonsense."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
