"""A hash of what something says, the same on every machine."""

import hashlib
import json


def digest_of(value: object) -> str:
    """Of a value that JSON can say; the order of keys plays no part."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
