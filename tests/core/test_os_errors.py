"""What the operating system refuses is told in Korean, wherever a person reads it."""

import errno
import re
from pathlib import Path

import pytest

from apps.core.os_errors import reason
from apps.core.serving import ports
from config import env

ENGLISH = re.compile(r"\b(errno|denied|permission|directory|file|space|address)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "권한이 없습니다."),
        (errno.EPERM, "권한이 없습니다."),
        (errno.EROFS, "읽기 전용"),
        (errno.ENOSPC, "남은 공간이 없습니다."),
        (errno.EDQUOT, "남은 공간이 없습니다."),
        (errno.ENOENT, "파일이나 폴더가 없습니다."),
        (errno.EADDRNOTAVAIL, "이 컴퓨터에 없는 주소입니다."),
        (10049, "이 컴퓨터에 없는 주소입니다."),
    ],
)
def test_the_usual_cases_are_sentences(number: int, words: str) -> None:
    told = reason(OSError(number, "Permission denied"))
    assert words in told
    assert not ENGLISH.search(told)


def test_what_is_not_usual_has_its_number() -> None:
    assert reason(OSError(errno.ELOOP, "Too many levels")) == (
        f"운영 체제가 알린 오류 번호: {errno.ELOOP}."
    )
    assert reason(OSError("no number")) == "운영 체제가 알린 오류 번호: 없음."


def test_a_file_in_the_way_of_the_data_folder_is_named_in_korean(tmp_path: Path) -> None:
    (tmp_path / "blocker").write_text("")
    with pytest.raises(env.ConfigurationError) as told:
        env.data_dir({"GUREUM_DATA_DIR": str(tmp_path / "blocker" / "data")}, tmp_path)
    assert "경로 가운데에 폴더가 아닌 것이 있습니다. 이 폴더를" in str(told.value)
    assert not ENGLISH.search(str(told.value).replace(str(tmp_path), ""))


def test_a_key_that_is_a_folder_is_told_in_korean(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(env.ConfigurationError, match="파일이 아니라 폴더입니다"):
        env.secret_key({}, tmp_path)


def test_a_key_with_other_letters_is_told_in_korean(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("열쇠" * 50, "utf-8")
    with pytest.raises(env.ConfigurationError, match="ASCII가 아닌 글자가 있습니다"):
        env.secret_key({}, tmp_path)


def test_an_address_of_another_computer_is_told_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(host: str, port: int) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    monkeypatch.setattr(ports, "_bind", refuse)
    assert ports.refusal("192.0.2.1", 8000) == (
        "HOST=192.0.2.1, PORT=8000: 이 주소로 열 수 없습니다. 이 컴퓨터에 없는 주소입니다."
    )
