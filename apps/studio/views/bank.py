"""The question bank."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.models import User
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.studio.forms.bulk import ACTIONS
from apps.studio.forms.filters import FilterForm, query_of
from apps.studio.presenting.bank import rows, with_row_parts
from apps.studio.queries.bank import counts_by_owner, find_questions

PAGE = 50
DONE = {
    "deleted": "문제를 지웠습니다.",
    "tag-add": "문제 {n}개에 꼬리표를 더했습니다.",
    "tag-remove": "문제 {n}개에서 꼬리표를 뺐습니다.",
    "topic": "문제 {n}개의 주제를 바꿨습니다.",
    "level": "문제 {n}개의 인지 수준을 바꿨습니다.",
    "difficulty": "문제 {n}개의 난이도를 바꿨습니다.",
    "pool": "문제 {n}개의 쓰임을 바꿨습니다.",
    "archive": "문제 {n}개를 보관했습니다. 상태를 ‘보관함’으로 거르면 되살릴 수 있습니다.",
    "restore": "문제 {n}개를 되살렸습니다.",
}


@never_cache
@require_safe
@instructor_required
def bank(request: HtmxHttpRequest) -> HttpResponse:
    """All questions that this instructor may read; filters are GET parameters."""
    context = bank_page(request, signed_in_user(request))
    fragment = wants_fragment(request)
    response = render(
        request, "studio/_bank_found.html" if fragment else "studio/bank.html", context
    )
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    if fragment:  # without the filters that are off, which the form sends too
        query = f"?{context['query']}" if context["query"] else ""
        response["HX-Push-Url"] = f"{request.path}{query}"
    return response


def bank_page(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the list shows, wherever it stands."""
    filters = FilterForm(user, request.GET)
    chosen = filters.chosen()
    found = with_row_parts(find_questions(user, chosen), user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "section": "studio",
        "part": "bank",
        "filters": filters,
        "chosen": chosen,
        "chips": filters.chips(),
        "tabs": filters.tabs(counts_by_owner(user, chosen)),
        "page": page,
        "rows": rows(list(page), user),
        "query": query_of(chosen),
        "actions": ACTIONS,
        "done": _done(request),
    }


def _done(request: HttpRequest) -> str:
    """What was just done to how many, as the address says it."""
    said, count = DONE.get(request.GET.get("done", ""), ""), request.GET.get("n", "")
    known = count.isascii() and count.isdigit() and len(count) < 4
    if "{n}" in said and not known:
        return ""
    return said.format(n=count)
