"""Pictures of questions: taken in, listed for their owner, handed out."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.studio.models import Picture
from apps.studio.services.pictures import (
    LONGEST_ALT,
    MOST_UPLOADED,
    PictureError,
    keep_picture,
    markdown_of,
)

_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
_YEAR = 365 * 24 * 60 * 60
_SHOWN = 60  # of the own pictures; who has more finds the newest


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest) -> HttpResponseBase:
    """The own pictures, newest first, with the Markdown of each; POST adds one (form or script)."""
    if request.method != "POST":
        return _page(request)
    quiet = request.headers.get("Accept") == "application/json"
    sent = request.FILES.get("picture")
    try:
        if sent is None:
            raise PictureError("올릴 그림 파일을 골라 주세요.")
        picture = keep_picture(
            owner=signed_in_user(request),
            data=sent.read(MOST_UPLOADED + 1),
            alt=request.POST.get("picture_alt", ""),
            now=timezone.now(),
        )
    except PictureError as error:
        if quiet:
            return JsonResponse({"message": str(error), "field": error.field}, status=422)
        return _page(request, error)
    if quiet:
        return JsonResponse({"markdown": markdown_of(picture)})
    return redirect("studio:pictures")


def _page(request: HttpRequest, error: PictureError | None = None) -> HttpResponse:
    own = Picture.objects.filter(owner=signed_in_user(request)).defer("data")
    context = {
        "section": "studio",
        "part": "bank",
        "current": "true",
        "pictures": [(each, markdown_of(each)) for each in own.order_by("-uploaded_at")[:_SHOWN]],
        "picture_error": error,
        "picture_alt": request.POST.get("picture_alt", ""),
        "longest_alt": LONGEST_ALT,
    }
    return render(request, "studio/pictures.html", context, status=422 if error else 200)


@require_safe
def picture(request: HttpRequest, public_id: UUID, ext: str) -> HttpResponseBase:
    """The bytes, as nothing but a picture; who has the address may see it, as on any page."""
    found = get_object_or_404(Picture, public_id=public_id)
    if ext not in {found.format, "jpg" if found.format == Picture.Format.JPEG else found.format}:
        raise Http404
    response = HttpResponse(bytes(found.data), content_type=_TYPES[found.format])
    # Opened by itself it can run nothing and load nothing.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    audience = "private" if settings.GUREUM_CLOSED else "public"
    response["Cache-Control"] = f"{audience}, max-age={_YEAR}, immutable"
    return response
