"""The gradebook, on screen and as a file."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required
from apps.classrooms.access import taught_classroom
from apps.classrooms.csv_export import attachment, csv_bytes
from apps.classrooms.domain.gradebook import Wish
from apps.classrooms.domain.standing import WORDS
from apps.classrooms.domain.table import Column
from apps.classrooms.queries.gradebook import Gradebook, key_of, read_gradebook
from apps.core.htmx import HtmxHttpRequest, wants_fragment


@never_cache
@require_safe
@instructor_required
def gradebook(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The class's results; the filter answers with the table alone."""
    classroom = taught_classroom(request, public_id)
    book = read_gradebook(classroom, request.GET.dict(), now=timezone.now())
    name = "_gradebook" if wants_fragment(cast("HtmxHttpRequest", request)) else "gradebook"
    response = render(request, f"classrooms/{name}.html", _page(book))
    patch_vary_headers(response, ("HX-Request", "Cookie"))
    return response


@never_cache
@require_safe
@instructor_required
def gradebook_csv(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same table, in the same order and through the same filter, as a file."""
    classroom = taught_classroom(request, public_id)
    now = timezone.now()
    book = read_gradebook(classroom, request.GET.dict(), now=now)
    day = timezone.localdate(now).isoformat()
    return HttpResponse(
        csv_bytes(book.table),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": attachment(
                f"{classroom.name} 성적표 {day}.csv", f"gradebook-{day}.csv"
            )
        },
    )


def _page(book: Gradebook) -> dict[str, object]:
    wish = book.wish
    return {
        "section": "classrooms",
        "classroom": book.classroom,
        "book": book,
        "wish": wish,
        "query": wish.query(),
        "sorting": f"-{wish.sort}" if wish.is_descending else wish.sort,
        "orders": _orders(book),
        "heads": [_head(column, wish) for column in book.table.columns[1:]],
        "who": [_sort_link("number", "학번", wish), _sort_link("name", "이름", wish)],
        "who_sorted": _aria_sort(wish, "number", "name"),
        "states": [(state.value, word) for state, word in WORDS.items()],
        "works": [(key_of(each), each.title) for each in book.assignments],
    }


def _orders(book: Gradebook) -> list[tuple[str, str]]:
    """Every order by name, for where the heads of the table are not shown."""
    orders = [("number", "학번 순서"), ("-number", "학번 거꾸로")]
    orders += [("name", "이름 순서"), ("-name", "이름 거꾸로")]
    for column in book.table.columns[1:]:
        orders.append((f"-{column.key}", f"{column.title}: 높은 것부터"))
        orders.append((column.key, f"{column.title}: 낮은 것부터"))
    return orders


def _head(column: Column, wish: Wish) -> dict[str, object]:
    return {
        "column": column,
        "sort": _sort_link(column.key, column.title, wish),
        "aria_sort": _aria_sort(wish, column.key),
    }


def _sort_link(key: str, title: str, wish: Wish) -> dict[str, str]:
    """`arrow` is empty on what the table is not sorted by."""
    arrow = ""
    if key == wish.sort:
        arrow = "↓" if wish.is_descending else "↑"
    return {"title": title, "query": wish.sorted_by(key).query() or "?", "arrow": arrow}


def _aria_sort(wish: Wish, *keys: str) -> str:
    if wish.sort not in keys:
        return ""
    return "descending" if wish.is_descending else "ascending"
