"""Pictures for questions: whatever raster image comes in, what is kept was encoded here.

So nothing of the uploaded file stays: no metadata, no second file hidden behind the picture. The
same image gives the same bytes, which are stored once for each owner.
"""

import datetime as dt
import hashlib
import io
import warnings
from dataclasses import dataclass

from django.db import transaction
from PIL import Image, ImageOps

from apps.accounts.models import User
from apps.studio.models import Picture
from apps.studio.services.refusals import RefusedError

MOST_UPLOADED = 4_000_000  # bytes; below what the site takes of any request
MOST_KEPT = 1_000_000  # bytes
MOST_PIXELS = 40_000_000  # what is decoded takes four bytes each
LONGEST_SIDE = 2000
LONGEST_ALT = 300
_READ = ("PNG", "JPEG", "WEBP", "GIF")
_SHRINK = 0.75
_QUALITIES = (88, 80, 70, 60)


class PictureError(RefusedError):
    """What was sent cannot be kept; `field` is `file` or `alt`."""

    def __init__(self, message: str, field: str = "file") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Encoded:
    data: bytes
    format: str  # of Picture.Format
    width: int
    height: int


@transaction.atomic
def keep_picture(*, owner: User, data: bytes, alt: str, now: dt.datetime) -> Picture:
    """The stored picture; the one that was stored before where its owner sends it again.

    Raises PictureError. The alternative text of a picture sent again is the new one.
    """
    alt = " ".join(alt.replace("\0", "").split())
    if not alt:
        raise PictureError("그림을 볼 수 없는 학습자에게 읽어 줄 설명을 적어 주세요.", "alt")
    if len(alt) > LONGEST_ALT:
        raise PictureError(f"설명은 {LONGEST_ALT}자까지 적을 수 있습니다.", "alt")
    encoded = encode(data)
    picture, is_new = Picture.objects.get_or_create(
        owner=owner,
        digest=hashlib.sha256(encoded.data).hexdigest(),
        defaults={
            "data": encoded.data,
            "format": encoded.format,
            "width": encoded.width,
            "height": encoded.height,
            "alt": alt,
            "uploaded_at": now,
        },
    )
    if not is_new and picture.alt != alt:
        picture.alt = alt
        picture.save(update_fields=["alt"])
    return picture


def encode(data: bytes) -> Encoded:
    """The first frame, turned as its camera meant it, and nothing else. Raises PictureError."""
    if len(data) > MOST_UPLOADED:
        raise PictureError(f"{MOST_UPLOADED // 1_000_000}MB까지 올릴 수 있습니다.")
    image, was = _decode(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    while True:
        encoded = _encode(image, photo=was in {"JPEG", "WEBP"})
        if len(encoded.data) <= MOST_KEPT:
            return encoded
        # Noise compresses badly; nothing with sense in it gets here twice.
        smaller = (int(image.width * _SHRINK), int(image.height * _SHRINK))
        image = image.resize(smaller, Image.Resampling.LANCZOS)


def _decode(data: bytes) -> tuple[Image.Image, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of bombs and of broken files
            with Image.open(io.BytesIO(data), formats=_READ) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PictureError(
                        f"그림이 너무 큽니다({opened.width}×{opened.height}픽셀). "
                        f"{MOST_PIXELS // 10_000}만 픽셀까지 올릴 수 있습니다."
                    )
                was = opened.format or ""
                opened.seek(0)
                turned = ImageOps.exif_transpose(opened)
                has_alpha = turned.has_transparency_data
                return turned.convert("RGBA" if has_alpha else "RGB"), was
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError("그림이 너무 큽니다. 줄여서 다시 올려 주세요.") from None
    except Exception:
        raise PictureError(
            "읽을 수 없는 파일입니다. PNG, JPEG, WebP, GIF 그림을 올려 주세요. "
            "SVG는 받지 않으므로 PNG로 저장해 주세요."
        ) from None


def _encode(image: Image.Image, *, photo: bool) -> Encoded:
    """Drawings stay exact; photographs, and drawings too large for that, are approximated."""
    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # leaves behind what the decoder noted beside the pixels
    if not photo:
        data = _saved(clean, "PNG", optimize=True)
        if len(data) <= MOST_KEPT:
            return Encoded(data, Picture.Format.PNG, *clean.size)
    has_alpha = clean.mode == "RGBA"
    data = b""
    for quality in _QUALITIES:
        if has_alpha:
            data = _saved(clean, "WEBP", quality=quality, method=4)
        else:
            data = _saved(clean, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(data) <= MOST_KEPT:
            break
    kept = Picture.Format.WEBP if has_alpha else Picture.Format.JPEG
    return Encoded(data, kept, *clean.size)


def _saved(image: Image.Image, name: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def markdown_of(picture: Picture) -> str:
    """How a text shows it. Brackets in the alternative text would end it."""
    alt = picture.alt.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
    return f"![{alt}]({picture.get_absolute_url()})"
