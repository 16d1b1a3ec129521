"""What the pages of a class show on each of them."""

from django import template
from django.template import Context

from apps.accounts.models import User
from apps.classrooms.hooks import open_reports as count_open_reports
from apps.classrooms.models import Classroom

register = template.Library()


@register.simple_tag(takes_context=True)
def open_reports(context: Context, classroom: Classroom | None = None) -> int:
    """`{% open_reports classroom as reports %}`: how many wait for whoever reads the page."""
    user = context["request"].user
    if not isinstance(user, User) or not user.may_teach:
        return 0
    return count_open_reports(user, classroom)
