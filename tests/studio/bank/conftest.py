import pytest
from django.test import Client

from apps.accounts.models import User
from tests.studio.factories import make_instructor


@pytest.fixture
def kim(db: None) -> User:
    return make_instructor("kim")


@pytest.fixture
def lee(db: None) -> User:
    return make_instructor("lee")


@pytest.fixture
def desk(kim: User) -> Client:
    """Kim's browser."""
    client = Client()
    client.force_login(kim)
    return client
