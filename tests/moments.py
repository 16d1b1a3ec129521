"""The time at which tests happen."""

import datetime as dt

NOW = dt.datetime(2026, 3, 6, 23, 59, tzinfo=dt.UTC)
