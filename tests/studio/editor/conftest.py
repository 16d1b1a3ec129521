"""An instructor at work."""

import pytest
from django.test import Client

from apps.accounts.models import User
from tests.studio.factories import make_instructor


@pytest.fixture
def teacher(db: None) -> User:
    return make_instructor("lee")


@pytest.fixture
def desk(client: Client, teacher: User) -> Client:
    """The browser in which the teacher writes."""
    client.force_login(teacher)
    return client
