"""How passwords are kept: argon2id at OWASP's minimum, so that a class can sign in at once."""

from django.contrib.auth import hashers


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """19 MiB, two passes, one lane: about 23 ms and little memory.

    OWASP's Password Storage Cheat Sheet (2026-11) names m=19456 KiB, t=2, p=1 as the least that is
    enough. Django's own (100 MiB, eight lanes) makes 200 learners at the bell wait on two cores,
    and sixteen threads that sign in at once take 1.6 GB.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
