"""What the error page of `GUREUM_DEBUG=1` may show."""

import re

from django.views.debug import SafeExceptionReporterFilter


class ReporterFilter(SafeExceptionReporterFilter):
    """Django hides what is named a password or a key; an address may hold a password too."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|DATABASE_URL", flags=re.IGNORECASE
    )
