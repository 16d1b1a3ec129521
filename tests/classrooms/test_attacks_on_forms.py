"""Torn and hostile forms, files and headers: never an error, and nothing that runs or hides."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.accounts.models import Learner, User
from apps.classrooms.models import Classroom
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in

pytestmark = pytest.mark.django_db

CODE = "ABCD2345"
STRANGE = [
    "\0",
    "김\0하늘",
    "가" * 10_000,
    "\u202e하늘",
    "김\u200b하늘",
    "\u3164\u3164",
    "🙂" * 20,
    "=1+1",
    "＝1+1",
    "<img src=x onerror=alert(1)>",
    "\u0958" * 60,
    "ﷺ" * 40,
    "' OR 1=1 --",
    "%s%n{0}{{x}}",
]


@pytest.fixture
def teacher() -> User:
    return make_user("teacher", "instructor")


@pytest.fixture
def room(teacher: User) -> Classroom:
    return make_classroom(teacher, guests_allowed=True)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_in_any_field_of_a_class_is_no_error(
    teacher: User, room: Classroom, text: str
) -> None:
    place = enroll(room, "김하늘", entry_code=CODE)
    browser, base = signed_in(teacher), room.get_absolute_url()
    person = f"{base}people/{place.public_id}/"
    for where, form in [
        ("/classrooms/new/", {"name": text}),
        (f"{base}settings/", {"name": text}),
        (f"{base}clone/", {"name": text, "start": text, "go": "create"}),
        (f"{base}instructors/", {"login_name": text}),
        (f"{base}instructors/", {"action": "remove", "user": text}),
        (f"{base}archive/", {"action": text}),
        (f"{base}code/", {"action": text}),
        (f"{base}people/add/", {"text": text}),
        (f"{base}people/add/", {"text": text, "go": "apply", "seen": text}),
        (f"{base}people/cards/", {"chosen": [text]}),
        (person, {"action": "save", "name": text, "student_number": text}),
        (person, {"action": text}),
    ]:
        assert browser.post(where, form).status_code < 500, where
    for where in (f"{base}people/", "/classrooms/", f"{base}gradebook/", f"{base}code/qr.svg"):
        asked = dict.fromkeys(("q", "sort", "page", "to", "done", "state"), text)
        assert browser.get(where, asked).status_code == 200, where
    for where, form in [
        ("/join/", {"code": text}),
        (f"/join/{room.join_code}/return/", {"entry_code": text}),
        (
            f"/join/{room.join_code}/",
            {"name": text, "student_number": text, "place": text, "same_name": text},
        ),
    ]:
        assert Client().post(where, form).status_code in {200, 409, 422}, where


@pytest.mark.parametrize("name", ["\u3164", "\u0958" * 80, "1\ufe0f반", "1\u2066반"])
def test_a_class_has_a_name_that_fits_and_is_seen(teacher: User, name: str) -> None:
    assert signed_in(teacher).post("/classrooms/new/", {"name": name}).status_code == 422
    assert not Classroom.objects.exists()


@pytest.mark.parametrize("name", ["김\ufe0f하늘", "김\u034f하늘", "\u2800김하늘"])
def test_nobody_looks_exactly_like_a_classmate(room: Classroom, name: str) -> None:
    enroll(room, "김하늘")
    answer = Client().post(f"/join/{room.join_code}/", {"name": name})
    assert answer.status_code == 422
    assert room.enrollments.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 5000,
        bytes(range(256)) * 40,
        b"\xff\xfe" + "학번\t이름\n1\t김하늘".encode("utf-16-le") + b"\x00",
        b"\xff\xfe\x00\xd8",
        "학번,이름\n10201,김하늘\n".encode("cp949") + b"\xff",
        "학번,이름\n10201,김하늘\n".encode("iso2022_kr"),
        "학번,이름\n10201,김하늘\n".encode("utf-32"),
        b'"' * 20_000,
        b'"\n' * 20_000,
        b"," * 200_000,
        b"\xef\xbb\xbf",
        b"a" * (1024 * 1024 + 1),
        ("이름\n" + "<script>x</script>\n" * 600).encode(),
    ],
)
def test_no_file_breaks_a_roster(teacher: User, room: Classroom, content: bytes) -> None:
    file = SimpleUploadedFile("../../명단\r\n.csv", content)
    answer = signed_in(teacher).post(f"{room.get_absolute_url()}people/add/", {"file": file})
    assert answer.status_code in {200, 422}
    assert "<script>x" not in answer.content.decode()
    assert not Learner.objects.filter(user=None).exists()


def test_formulas_never_leave_in_a_file(teacher: User, room: Classroom) -> None:
    for name in ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\t=1", "＝1", " =1"):
        enroll(room, "김하늘", name=name, student_number="")
    text = signed_in(teacher).get(f"{room.get_absolute_url()}gradebook.csv").content.decode()
    for line in text.splitlines()[1:]:
        for cell in line.split(","):
            assert cell.strip('" \t')[:1] not in tuple("=@+-＝"), cell


def test_a_forged_host_is_printed_on_no_poster(teacher: User, room: Classroom) -> None:
    browser, base = signed_in(teacher), room.get_absolute_url()
    for page in ("code/", "code/qr.svg"):
        answer = browser.get(f"{base}{page}", headers={"Host": "evil.example"})
        assert answer.status_code == 400
    answer = browser.get(f"{base}code/", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.content.decode()
