"""Pictures: encoded anew, refused where they are none, handed out as nothing but pictures."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from apps.accounts.models import User
from apps.studio.models import Draft, Picture
from apps.studio.services.pictures import MOST_KEPT, PictureError, encode, keep_picture
from tests.quizzes.factories import NOW
from tests.studio.editor.test_editing import address, form_of
from tests.studio.factories import make_draft, make_instructor


def picture_bytes(
    format_: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, format_, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("format_", "kept"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "jpeg"), ("GIF", "png")]
)
def test_every_known_format_is_encoded_anew(format_: str, kept: str) -> None:
    encoded = encode(picture_bytes(format_))
    assert (encoded.format, encoded.width, encoded.height) == (kept, 40, 20)
    with Image.open(io.BytesIO(encoded.data)) as again:
        assert (again.format or "").lower() == kept


def test_what_a_camera_wrote_is_followed_and_forgotten() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "A Camera Of Somebody"
    encoded = encode(picture_bytes("JPEG", exif=exif.tobytes()))
    assert (encoded.width, encoded.height) == (20, 40)
    assert b"Camera" not in encoded.data
    with Image.open(io.BytesIO(encoded.data)) as again:
        assert not again.getexif()


def test_texts_in_a_png_are_forgotten() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "somebody")
    assert b"somebody" not in encode(picture_bytes(pnginfo=info)).data


def test_what_hides_behind_the_picture_does_not_stay() -> None:
    assert b"<script>" not in encode(picture_bytes() + b"<script>alert(1)</script>").data


def test_transparency_stays() -> None:
    with Image.open(io.BytesIO(encode(picture_bytes(mode="RGBA")).data)) as again:
        assert again.mode == "RGBA"


def test_a_large_picture_is_made_smaller() -> None:
    encoded = encode(picture_bytes(size=(4000, 1000)))
    assert (encoded.width, encoded.height) == (2000, 500)


def test_noise_gets_below_the_limit() -> None:
    noise = Image.effect_noise((2000, 1500), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    assert len(encode(out.getvalue()).data) <= MOST_KEPT


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 10¹⁰ pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.4",
        picture_bytes()[:60],
        picture_bytes("BMP"),
        bomb(),
        picture_bytes() + bytes(4_000_001),
    ],
    ids=["empty", "text", "svg", "html", "pdf", "cut", "bmp", "bomb", "heavy"],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PictureError, match=r"[가-힣]"):
        encode(data)


def test_the_same_picture_is_stored_once_for_each_owner(teacher: User) -> None:
    first = keep_picture(owner=teacher, data=picture_bytes(), alt="빨강", now=NOW)
    again = keep_picture(owner=teacher, data=picture_bytes(), alt="붉은 칸", now=NOW)
    other = keep_picture(owner=make_instructor("b"), data=picture_bytes(), alt="빨강", now=NOW)
    assert (first.pk, again.alt) == (again.pk, "붉은 칸")
    assert other.pk != first.pk
    assert Picture.objects.count() == 2


@pytest.mark.parametrize("alt", ["", "  ", "가" * 301])
def test_a_picture_needs_words(alt: str, teacher: User) -> None:
    with pytest.raises(PictureError) as refused:
        keep_picture(owner=teacher, data=picture_bytes(), alt=alt, now=NOW)
    assert refused.value.field == "alt"


def sent(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", data or picture_bytes(), "image/png")


def test_the_address_gives_a_picture_and_nothing_else(client: Client, teacher: User) -> None:
    picture = keep_picture(owner=teacher, data=picture_bytes("JPEG"), alt="빨강", now=NOW)
    answer = client.get(picture.get_absolute_url())
    assert answer.content == picture.data
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"/media/{picture.public_id}.jpg").status_code == 200
    assert client.get(f"/media/{picture.public_id}.png").status_code == 404
    assert client.get(f"/media/{picture.public_id}.html").status_code == 404


def test_on_a_closed_site_no_proxy_keeps_it(
    client: Client, teacher: User, settings: Settings
) -> None:
    settings.GUREUM_CLOSED = True
    picture = keep_picture(owner=teacher, data=picture_bytes(), alt="빨강", now=NOW)
    assert client.get(picture.get_absolute_url()).status_code == 302
    client.force_login(teacher)
    kept = client.get(picture.get_absolute_url()).headers["Cache-Control"]
    assert "private" in kept
    assert "public" not in kept


def test_a_picture_comes_with_the_form(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    post = form_of(draft, go="picture", picture_alt="빨간 칸", picture_into="explanation")
    answer = desk.post(address(draft), {**post, "picture": sent()})
    assert answer.status_code == 302
    explanation = Draft.objects.get().document["explanation"]
    assert explanation.endswith(f"![빨간 칸]({Picture.objects.get().get_absolute_url()})")
    assert f'src="{Picture.objects.get().get_absolute_url()}"' in desk.get(address(draft)).text


def test_a_refused_picture_loses_nothing_that_was_typed(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    post = form_of(draft, stem="쓰던 글", go="picture", picture_alt="그림")
    answer = desk.post(address(draft), {**post, "picture": sent(b"<svg/>")})
    assert answer.status_code == 422
    assert "SVG는 받지 않으므로" in answer.text
    assert "쓰던 글" in answer.text
    assert Draft.objects.get().document["stem"] == "쓰던 글"


def test_a_script_gets_the_markdown(desk: Client) -> None:
    post = {"picture": sent(), "picture_alt": "칸 [1]"}
    answer = desk.post("/studio/pictures/", post, HTTP_ACCEPT="application/json")
    picture = Picture.objects.get()
    assert answer.json() == {"markdown": rf"![칸 \[1\]]({picture.get_absolute_url()})"}
    empty = desk.post("/studio/pictures/", {}, HTTP_ACCEPT="application/json")
    assert (empty.status_code, empty.json()["field"]) == (422, "file")


def test_the_list_shows_the_own_pictures_only(desk: Client, teacher: User) -> None:
    own = keep_picture(owner=teacher, data=picture_bytes(), alt="내 그림", now=NOW)
    other = make_instructor("b")
    foreign = keep_picture(owner=other, data=picture_bytes(), alt="남의 그림", now=NOW)
    page = desk.get("/studio/pictures/").text
    assert str(own.public_id) in page
    assert str(foreign.public_id) not in page


@pytest.mark.django_db
def test_learners_upload_nothing(client: Client) -> None:
    learner = User.objects.create_user("learner")
    client.force_login(learner)
    assert client.post("/studio/pictures/", {"picture": sent()}).status_code == 403
    assert not Picture.objects.exists()


def test_more_pictures_ask_the_database_no_more(
    desk: Client, teacher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get("/studio/pictures/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/studio/pictures/")
    for width in range(10, 14):
        data = picture_bytes(size=(width, 10))
        keep_picture(owner=teacher, data=data, alt=f"너비 {width}", now=NOW)
    with django_assert_num_queries(len(one)):
        desk.get("/studio/pictures/")
