"""Whose question it is, for the pages that change one."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from apps.accounts.access import signed_in_user
from apps.quizzes.models import Question


def editable_question(request: HttpRequest, uuid: UUID) -> Question:
    """404 where the user may not see it; 403 where seeing is all."""
    user = signed_in_user(request)
    visible = Question.objects.visible_to(user).select_related("current")
    question = get_object_or_404(visible, uuid=uuid)
    if not Question.objects.editable_by(user).filter(pk=question.pk).exists():
        raise PermissionDenied
    return question
