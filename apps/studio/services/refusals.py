"""A rule of the studio says no."""


class RefusedError(Exception):
    """The text (Korean) says which rule and what can be done. Answered with 409."""


class StaleError(RefusedError):
    """Somebody, or another tab, changed it meanwhile: nothing was written. Answered with 409."""
