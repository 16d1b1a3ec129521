"""Files: pictures for questions, and question files on their way in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse


class Picture(models.Model):
    """그림: a raster image that this site encoded itself; what was uploaded is not kept.

    In the database, so that several servers share nothing else. Never changed: its address may be
    kept by browsers for good.
    """

    class Format(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"
        WEBP = "webp", "WebP"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    data = models.BinaryField()
    format = models.CharField(max_length=5, choices=Format.choices)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="of the encoded bytes")
    alt = models.CharField("대체 텍스트", max_length=300)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "그림"
        verbose_name_plural = "그림"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "digest"], name="picture_once"),
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("studio:picture", args=[self.public_id, self.format])


class ImportFile(models.Model):
    """가져올 파일: kept between the dry run and the decision, so that nothing is sent twice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_files"
    )
    name = models.CharField(max_length=200, blank=True, help_text="as uploaded; empty if pasted")
    format = models.CharField(max_length=12)
    data = models.BinaryField()
    options = models.JSONField(default=dict, help_text="topic, level, pool … for all items")
    result = models.JSONField(null=True, blank=True, help_text="what was made of it, once applied")
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        verbose_name = "가져올 파일"
        verbose_name_plural = "가져올 파일"

    def __str__(self) -> str:
        return self.name or "붙여 넣은 글"
