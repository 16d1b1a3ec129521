"""What the lesson page sends about reading."""

from django import forms
from django.core.validators import RegexValidator

MAX_BLOCK = 100_000


class PositionForm(forms.Form):
    """Where the reader is: the topmost visible block, and the heading above it."""

    block = forms.IntegerField(min_value=0, max_value=MAX_BLOCK)
    heading = forms.CharField(
        max_length=80, required=False, validators=[RegexValidator(r"\A[a-z0-9-]*\Z")]
    )
