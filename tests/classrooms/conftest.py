"""A class with its instructor and one learner, for the tests that look at a class as a whole."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.classrooms.models import Classroom, Enrollment
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in


@pytest.fixture
def teacher(db: None) -> User:
    return make_user("teacher", role="instructor", display_name="김강사")


@pytest.fixture
def classroom(teacher: User) -> Classroom:
    return make_classroom(teacher)


@pytest.fixture
def place(classroom: Classroom) -> Enrollment:
    return enroll(classroom, make_user("pupil"), name="이바다")


@pytest.fixture
def pupil(place: Enrollment) -> Client:
    user = place.learner.user
    assert user is not None
    return signed_in(user)
