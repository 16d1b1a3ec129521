"""Sessions live in the database, and nonsense in the cookie finds none."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Learner
from apps.content.catalogue import Catalogue

FORGED = [
    r'"\000\000\000\000\000\000\000\000\000"',  # eight bits each, as RFC 2109 quotes them
    "short",
    "x" * 5000,
    "../../../etc/passwd",
    "세션세션세션".encode().decode("latin-1"),  # as a server hands it on
]


@pytest.mark.parametrize("cookie", FORGED, ids=["nul", "short", "long", "path", "hangul"])
def test_a_forged_session_cookie_is_nobody(course: Catalogue, cookie: str) -> None:
    headers = {"cookie": f"gureum_session={cookie}"}
    progress = reverse("lessons:lesson-progress", args=["aws"])
    assert Client().get(progress, headers=headers).status_code == 200
    assert Client().post(progress, {"action": "read"}, headers=headers).status_code == 302
    assert Learner.objects.count() == 1


def test_a_session_lasts(course: Catalogue, client: Client) -> None:
    progress = reverse("lessons:lesson-progress", args=["aws"])
    client.post(progress, {"action": "read"})
    client.post(progress, {"action": "unread"})
    assert Learner.objects.count() == 1
