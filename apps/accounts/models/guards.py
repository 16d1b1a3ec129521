"""Codes that open a door once, tries that failed, and a trail of who opened what for whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SetupToken(models.Model):
    """The link that makes the first administrator; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "첫 설정 링크"
        verbose_name_plural = "첫 설정 링크"

    def __str__(self) -> str:
        return f"setup {self.created_at:%Y-%m-%d}"


class ResetCode(models.Model):
    """A code with which somebody who forgot the password sets a new one; issued by a person."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reset_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "비밀번호 재설정 코드"
        verbose_name_plural = "비밀번호 재설정 코드"

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"


class FailedTry(models.Model):
    """A password or a code that was wrong, under the keys by which tries are counted.

    In the database, so that several processes count together. Keys are digests: the table tells
    neither names nor addresses.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "실패한 시도"
        verbose_name_plural = "실패한 시도"
        indexes: ClassVar = [models.Index(fields=["key", "at"], name="failed_try_by_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"


class AuditEntry(models.Model):
    """Who did what to whose account or class; only ever added."""

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=40, help_text="a slug, such as reset-code-issued")
    subject = models.CharField(max_length=120, help_text="whom or what it was done to, in words")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = "감사 기록"
        verbose_name_plural = "감사 기록"

    def __str__(self) -> str:
        return f"{self.action}: {self.subject}"
