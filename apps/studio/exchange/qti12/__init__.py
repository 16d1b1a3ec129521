"""QTI 1.2: `<questestinterop>` files and the packages around them, as Canvas and others write."""

from .package import read_qti12

__all__ = ["read_qti12"]
