"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import ResetCode, SetupToken, User
from tests.accounts.people import NOW, make_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["haneul", "HANEUL", "Haneul"])
def test_a_login_name_exists_once_in_any_case(name: str) -> None:
    make_account("haneul")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username=name)


def test_a_setup_token_exists_once() -> None:
    SetupToken.objects.create(digest="x", created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SetupToken.objects.create(digest="x", created_at=NOW)


def test_a_reset_code_exists_once() -> None:
    row = {"digest": "x", "issued_at": NOW, "expires_at": NOW}
    ResetCode.objects.create(user=make_account(), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResetCode.objects.create(user=make_account("bada"), **row)
