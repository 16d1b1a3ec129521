"""Time stands still, as in the factories."""

import pytest
from django.utils import timezone

from tests.reports.factories import NOW


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
