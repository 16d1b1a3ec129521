"""Words of the models as files spell them: this package knows no models; a test compares them."""

from typing import Final

PRACTICE: Final = "practice"
POOLS: Final = (PRACTICE, "exam")
FROM_FILES: Final = "file"
AUTHORSHIPS: Final = (FROM_FILES, "studio")
IMMEDIATE: Final = "immediate"
FEEDBACKS: Final = (IMMEDIATE, "after_submit", "after_close")
