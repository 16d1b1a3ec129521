"""Reads typed values from a TOML table and says in Korean what is missing or of another kind."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from apps.content.problems import FileProblems

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_LENGTH = 50
SLUG_RULE = "영어 소문자와 숫자를 붙임표(-)로 이어 쓰십시오. 예: sg-vs-nacl"


class Fields:
    """One table of a file. Getters return a harmless value when they had to report a problem."""

    def __init__(
        self,
        table: dict[str, Any],
        problems: FileProblems,
        line_of: Callable[[str], int],
        where: str,
    ) -> None:
        self.table = table
        self.problems = problems
        self.line_of = line_of
        self.where = where

    def report(self, key: str, message: str) -> None:
        self.problems.add(self.line_of(key), f"{self.where}: {message}")

    def allow_only(self, keys: Iterable[str]) -> None:
        known = sorted(keys)
        for key in self.table:
            if key not in known:
                names = ", ".join(known)
                self.report(key, f"{key} 항목은 쓰지 않습니다. 쓸 수 있는 항목: {names}.")

    def text(
        self, key: str, *, required: bool = True, one_line: bool = True, most: int | None = None
    ) -> str:
        """`most` is what the database has room for: PostgreSQL refuses more, SQLite keeps it."""
        value = self.table.get(key)
        if value is None:
            if required:
                self.report(key, f'{key} 항목이 없습니다. {key} = "…" 줄을 넣으십시오.')
            return ""
        if not isinstance(value, str):
            self.report(key, f"{key} 값은 따옴표로 묶은 글이어야 합니다.")
            return ""
        if required and not value.strip():
            self.report(key, f"{key} 값이 비어 있습니다. 내용을 쓰십시오.")
        if one_line and "\n" in value.strip():
            self.report(key, f"{key} 값은 한 줄로 쓰십시오.")
        if most is not None and len(value.strip()) > most:
            self.report(
                key,
                f"{key} 값은 {most}자까지 쓸 수 있습니다. 지금은 {len(value.strip())}자입니다.",
            )
        return self._storable(key, value.strip())

    def _storable(self, key: str, value: str) -> str:
        """TOML can spell a NUL (`\\u0000`), which PostgreSQL cannot keep."""
        if "\0" in value:
            self.report(key, f"{key} 값에 NUL 문자가 있습니다. 지우십시오.")
        return value.replace("\0", "")

    def slug(self, key: str = "slug", *, most: int = SLUG_LENGTH) -> str:
        value = self.text(key, most=most)
        if value and not SLUG.match(value):
            self.report(key, f"“{value}” 값은 {key} 항목에 쓸 수 없습니다. {SLUG_RULE}.")
        return value

    def choice(self, key: str, options: Iterable[str]) -> str:
        value = self.text(key)
        known = list(options)
        if value and value not in known:
            self.report(key, f"{key} 값 “{value}” 대신 {', '.join(known)} 중에서 고르십시오.")
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        value = self.table.get(key)
        # bool is an int in Python, but `minutes = true` is a mistake.
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.report(key, f"{key} 값은 {low}–{high} 사이의 정수로 쓰십시오.")
            return low
        return value

    def boolean(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.report(key, f"{key} 값은 true 또는 false로 쓰십시오.")
            return default
        return value

    def texts(self, key: str, low: int, high: int) -> tuple[str, ...]:
        value = self.table.get(key)
        if not isinstance(value, list) or not all(
            isinstance(item, str) and item.strip() for item in value
        ):
            self.report(key, f'{key} 값은 글의 목록입니다. {key} = ["…", "…"]처럼 쓰십시오.')
            return ()
        if not low <= len(value) <= high:
            self.report(
                key, f"{key} 항목에는 {low}–{high}개를 쓰십시오. 지금은 {len(value)}개입니다."
            )
        items = tuple(self._storable(key, str(item).strip()) for item in value)
        for item in sorted({item for item in items if items.count(item) > 1}):
            self.report(key, f"{key} 항목에 “{item}” 문장이 두 번 있습니다. 하나를 지우십시오.")
        return items

    def url(self, key: str) -> str | None:
        value = self.text(key, required=False)
        if not value:
            return None
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good = False
        if not good or any(character.isspace() for character in value):
            self.report(key, f"{key} 값 “{value}” 대신 https://로 시작하는 주소를 쓰십시오.")
            return None
        return value
