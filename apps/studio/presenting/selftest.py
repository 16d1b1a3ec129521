"""The report of a generator's test, as its author reads it."""

from typing import Any

from apps.studio.domain.selftest import Report, advice, percent


def told(report: Report, *, of: int) -> dict[str, Any]:
    """The template's context: how far it is, and what was found; `of` seeds are to be tried."""
    tells = report.tells
    return {
        "all": f"{of:,}",
        "tried": f"{report.tried:,}",
        "failed": f"{report.failed:,}",
        "different": f"{report.different:,}",
        "placed": f"{tells.placed:,}",
        "percent": percent(report.tried, of),
        "is_done": report.tried >= of,
        "counts": [
            (count, times, percent(times, report.made))
            for count, times in sorted(report.counts.items())
        ],
        "places": [
            (
                place + 1,
                percent(tells.places[place], tells.placed),
                percent(round(by_chance / 1000), tells.placed),
            )
            for place, by_chance in sorted(tells.places_by_chance.items())
        ],
        "longest": percent(tells.longest, tells.alone),
        "longest_by_chance": percent(round(tells.longest_by_chance), tells.alone),
        "more_failures": report.failed - len(report.failures),
        "advice": advice(report),
    }
