"""People who mean harm in and around a class: from the next seat, another class, or a torn form."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.codes import spoken_code
from apps.accounts.models import AuditEntry, Learner, ResetCode, User
from apps.accounts.services.erasing import RefusedError as MustStayError
from apps.accounts.services.erasing import erase_account, erase_learner
from apps.accounts.services.learners import learner_of
from apps.accounts.services.moving import move_records
from apps.accounts.services.resetting import WrongCodeError, reset_password
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services import joining
from apps.classrooms.services.joining import (
    RefusedError,
    claim,
    find_by_entry_code,
    join_by_name,
    join_with_account,
)
from apps.classrooms.services.people import leave
from apps.classrooms.services.resets import reset_for_learner
from tests.classrooms.factories import (
    NOW,
    browser_of,
    enroll,
    make_classroom,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db

CODE = "ABCD2345"
_State = Enrollment.State


@pytest.fixture
def teacher() -> User:
    return make_user("teacher", "instructor")


@pytest.fixture
def room(teacher: User) -> Classroom:
    return make_classroom(teacher, guests_allowed=True)


# Codes for new passwords: an instructor's reach ends where the learner's other life begins.


def _opens(user: User, code: str) -> bool:
    try:
        reset_password(name=user.username, code=code, password="한 칸씩 올라가기", now=NOW)
    except WrongCodeError:
        return False
    return True


def test_a_code_of_one_instructor_does_not_reach_into_the_class_of_another(
    teacher: User, room: Classroom
) -> None:
    pupil = make_user("pupil")
    place = enroll(room, pupil)
    code = reset_for_learner(enrollment=place, by=teacher, now=NOW)
    elsewhere = make_classroom()
    join_with_account(classroom=elsewhere, user=pupil, name="김하늘", student_number="", now=NOW)
    assert not _opens(pupil, code)


def test_a_code_ends_when_the_learner_leaves_the_class(teacher: User, room: Classroom) -> None:
    pupil = make_user("pupil")
    place = enroll(room, pupil)
    code = reset_for_learner(enrollment=place, by=teacher, now=NOW)
    leave(place=place)
    assert not _opens(pupil, code)


@pytest.mark.parametrize("way", ["claim", "move"])
def test_a_code_ends_when_a_place_elsewhere_comes_to_the_account(
    teacher: User, room: Classroom, way: str
) -> None:
    pupil = make_user("pupil")
    code = reset_for_learner(enrollment=enroll(room, pupil), by=teacher, now=NOW)
    place = enroll(make_classroom(), "김하늘", entry_code=CODE)
    if way == "claim":
        claim(enrollment=place, user=pupil, now=NOW)
    else:
        move_records(source=place.learner, target=learner_of(pupil, now=NOW), now=NOW)
    assert not _opens(pupil, code)


def test_a_code_is_given_for_the_classes_of_this_very_moment(
    teacher: User, room: Classroom
) -> None:
    """The page was opened, the learner left, the button was pressed."""
    pupil = make_user("pupil")
    seen = enroll(room, pupil)
    leave(place=seen)
    with pytest.raises(RefusedError):
        reset_for_learner(enrollment=seen, by=teacher, now=NOW)
    assert not ResetCode.objects.exists()


# People who go while others act.


def test_who_goes_while_joining_leaves_no_name_in_the_class(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = make_user("pupil", display_name="김하늘")

    def goes_meanwhile(user: User, *, now: object) -> Learner:
        learner = learner_of(user, now=NOW)
        erase_account(user=User.objects.get(pk=user.pk), now=NOW)
        return learner

    monkeypatch.setattr(joining, "learner_of", goes_meanwhile)
    with pytest.raises(RefusedError):
        join_with_account(classroom=room, user=pupil, name="김하늘", student_number="7", now=NOW)
    assert not room.enrollments.exists()


def test_a_card_that_was_found_just_before_erasing_opens_nothing(room: Classroom) -> None:
    enroll(room, "김하늘", entry_code=CODE)
    found = find_by_entry_code(room, CODE)
    assert found is not None
    erase_learner(learner=found.learner, now=NOW)
    joining.come_back(place=found, now=NOW)
    assert browser_of(found.learner).get(room.get_absolute_url()).status_code == 302
    with pytest.raises(RefusedError):
        claim(enrollment=found, user=make_user(), now=NOW)
    place = room.enrollments.get()
    assert place.state == _State.LEFT
    assert not place.learner.is_admitted


def test_a_demoted_colleague_does_not_count_as_an_instructor_who_stays(
    teacher: User, room: Classroom
) -> None:
    colleague = make_user("colleague", "instructor")
    room.instructorships.create(user=colleague, added_at=NOW)
    User.objects.filter(pk=colleague.pk).update(is_instructor=False)
    with pytest.raises(MustStayError):
        erase_account(user=teacher, now=NOW)


def test_erased_people_are_named_nowhere_in_the_class(teacher: User, room: Classroom) -> None:
    pupil = make_user("pupil-login", display_name="김표지")
    enroll(room, pupil, name="김표지", student_number="77123")
    guest = enroll(room, "이표지", name="이표지", student_number="77124")
    erase_account(user=pupil, now=NOW)
    erase_learner(learner=guest.learner, now=NOW)
    base, browser = room.get_absolute_url(), signed_in(teacher)
    for page in ("", "people/", "people/?q=표지", "gradebook/", "gradebook.csv", "settings/"):
        text = browser.get(f"{base}{page}".replace("/gradebook.csv", "/gradebook.csv")).content
        shown = text.decode().replace('value="표지"', "")
        for trace in ("김표지", "이표지", "77123", "77124", "pupil-login"):
            assert trace not in shown, (page, trace)
    assert not AuditEntry.objects.filter(subject__contains="표지").exists()


# The next seat: one computer, one after the other.


def test_an_account_that_takes_over_what_a_neighbor_left_is_on_record(room: Classroom) -> None:
    before = enroll(room, "이바다", entry_code=CODE)
    neighbor = make_user("neighbor")
    move_records(source=before.learner, target=learner_of(neighbor, now=NOW), now=NOW)
    entry = AuditEntry.objects.get(action="enrollment-claimed")
    assert entry.actor == neighbor
    assert str(before.public_id) in entry.subject


def test_three_who_join_by_name_at_one_computer_stay_three(room: Classroom) -> None:
    browser = Client()
    places = []
    for name in ("김하늘", "이바다", "박구름"):
        browser.post("/logout/")
        answer = browser.post(f"/join/{room.join_code}/", {"name": name, "place": str(uuid4())})
        assert answer.status_code == 200
        assert "/me/move/" not in answer.content.decode()
        places.append(room.enrollments.get(name=name))
        for other in ("김하늘", "이바다", "박구름"):
            assert (other in browser.get("/me/").content.decode()) is (other == name)
    assert len({place.learner_id for place in places}) == 3
    browser.post("/logout/")
    assert browser.get(room.get_absolute_url()).status_code == 302


def test_a_name_alone_is_no_way_to_somebody_elses_place(room: Classroom) -> None:
    """The same name, number and even the id of the form, but long after or from elsewhere."""
    mine = uuid4()
    join_by_name(classroom=room, name="김하늘", student_number="7", now=NOW, place=mine)
    other_room = make_classroom(guests_allowed=True)
    for classroom in (room, other_room):
        with pytest.raises(RefusedError):
            join_by_name(
                classroom=classroom, name="이바다", student_number="7", now=NOW, place=mine
            )
    assert Enrollment.objects.count() == 1


# Other classes, by ids that were guessed or read over a shoulder.


def test_people_of_another_class_are_reached_by_no_address_of_the_own_one(
    teacher: User, room: Classroom
) -> None:
    other = make_classroom()
    theirs = enroll(other, "이바다", entry_code=CODE)
    browser, base = signed_in(teacher), room.get_absolute_url()
    for method, page in [
        ("get", f"people/{theirs.public_id}/"),
        ("post", f"people/{theirs.public_id}/"),
        ("post", f"people/{theirs.public_id}/reset-code/"),
    ]:
        data = {"action": "block", "name": "x"}
        assert getattr(browser, method)(f"{base}{page}", data).status_code == 404
    answer = browser.post(f"{base}people/cards/", {"chosen": [str(theirs.public_id)]})
    assert answer.status_code == 409
    answer = browser.post(
        f"{base}instructors/",
        {"action": "remove", "user": other.instructorships.get().user_id},
    )
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_active
    assert find_by_entry_code(other, CODE) == theirs


def test_a_card_of_one_class_opens_no_other(room: Classroom) -> None:
    enroll(room, "김하늘", entry_code=CODE)
    other = make_classroom()
    answer = Client().post(f"/join/{other.join_code}/return/", {"entry_code": CODE})
    assert answer.status_code == 422


def test_learners_are_told_of_nobody_else(room: Classroom) -> None:
    enroll(room, "이표지", name="이표지", student_number="77124")
    guest = enroll(room, "김하늘")
    browser = browser_of(guest.learner)
    for page in (room.get_absolute_url(), "/classrooms/", "/me/", "/me/export/", "/me/delete/"):
        text = browser.get(page).content.decode()
        assert "이표지" not in text
        assert "77124" not in text


# Doors that are shut.


def test_a_renewed_code_and_a_closed_class_hold_for_a_form_that_was_open(room: Classroom) -> None:
    browser = Client()
    address = f"/join/{room.join_code}/"
    assert browser.get(address).status_code == 200
    Classroom.objects.filter(pk=room.pk).update(join_code="ZZZZ9999")
    assert browser.post(address, {"name": "김하늘"}).status_code == 404
    Classroom.objects.filter(pk=room.pk).update(join_open=False)
    assert browser.post("/join/ZZZZ9999/", {"name": "김하늘"}).status_code == 409
    assert not room.enrollments.exists()


@pytest.mark.parametrize("why", ["closed", "archived", "accounts only", "blocked"])
def test_who_cannot_come_in_does_not_learn_who_is_in(room: Classroom, why: str) -> None:
    enroll(room, "김하늘")
    outsider = make_user("outsider")
    browser = signed_in(outsider)
    if why == "blocked":
        enroll(room, outsider, state=_State.BLOCKED)
    else:
        browser = Client()
        changed: dict[str, dict[str, object]] = {
            "closed": {"join_open": False},
            "archived": {"archived_at": NOW},
            "accounts only": {"guests_allowed": False},
        }
        Classroom.objects.filter(pk=room.pk).update(**changed[why])
    answers = [
        browser.post(f"/join/{room.join_code}/", {"name": name}) for name in ("김하늘", "이바다")
    ]
    assert [each.status_code for each in answers] == [409, 409]
    assert all("같은 이름" not in each.content.decode() for each in answers)


def test_an_entry_code_is_told_by_no_page_afterwards(teacher: User, room: Classroom) -> None:
    place, code = join_by_name(classroom=room, name="김하늘", student_number="", now=timezone.now())
    base = room.get_absolute_url()
    pages = [
        (signed_in(teacher), f"{base}people/"),
        (signed_in(teacher), f"{base}people/{place.public_id}/"),
    ]
    pages += [
        (browser_of(place.learner), page) for page in (base, "/me/", "/me/export/", "/logout/")
    ]
    for browser, page in pages:
        text = browser.get(page).content.decode()
        assert code not in text
        assert spoken_code(code) not in text


@pytest.mark.parametrize("shared", [True, False])
def test_a_name_on_a_shared_computer_goes_when_the_browser_is_closed(
    room: Classroom, shared: bool
) -> None:
    said = {"shared": "on"} if shared else {}
    enroll(room, "이바다", entry_code=CODE)
    for page, form in [
        (f"/join/{room.join_code}/", {"name": "김하늘"}),
        (f"/join/{room.join_code}/return/", {"entry_code": CODE}),
    ]:
        browser = Client()
        assert browser.get(page).content.decode().count('name="shared"') == 1
        assert browser.post(page, form | said).status_code < 400
        assert bool(browser.cookies["gureum_session"]["max-age"]) is not shared
        assert browser.get(room.get_absolute_url()).status_code == 200
