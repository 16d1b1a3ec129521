"""The environment is read once, and a wrong setting is one clear sentence."""

import stat
from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize("word", ["70000", "0", "-1", "80a", "８０８０"])
def test_a_port_out_of_range_is_refused(word: str) -> None:
    with pytest.raises(env.ConfigurationError, match="1–65535"):
        env.port({"PORT": word}, "PORT", 8000)


def test_a_port_that_is_not_given_has_its_default() -> None:
    assert env.port({}, "PORT", 8000) == 8000


@pytest.mark.parametrize(("word", "value"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_a_switch_is_on_or_off(word: str, value: bool) -> None:
    assert env.boolean({"X": word}, "X") is value


@pytest.mark.parametrize(("word", "value"), [("", True), ("0", False), ("on", True)])
def test_a_switch_may_be_on_where_nothing_is_said(word: str, value: bool) -> None:
    assert env.boolean({"X": word}, "X", default=True) is value


@pytest.mark.parametrize(
    ("word", "value"), [("", None), ("1", 1), (" 365 ", 365), ("36500", 36500)]
)
def test_a_period_is_a_number_of_days_or_none(word: str, value: int | None) -> None:
    assert env.days({"X": word}, "X") == value


@pytest.mark.parametrize("word", ["0", "-1", "1.5", "a year", "３", "36501", "9" * 5000])
def test_a_period_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(env.ConfigurationError, match="36500"):
        env.days({"X": word}, "X")


def test_a_notice_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes("\ufeff안내\r\n\r\n둘째 문단\r\n".encode())
    assert env.document({"N": str(path)}, "N") == "안내\n\n둘째 문단"
    assert env.document({}, "N") == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "그런 파일"),
        ("안내".encode("cp949"), "UTF-8"),
        (b" \n", "비었거나"),
        (b"x" * 200_000, "100kB"),
    ],
)
def test_a_notice_that_cannot_be_shown_is_refused(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "notice.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(env.ConfigurationError, match=says):
        env.document({"N": str(path)}, "N")


def test_a_switch_that_is_neither_is_refused() -> None:
    with pytest.raises(env.ConfigurationError, match="X='perhaps'"):
        env.boolean({"X": "perhaps"}, "X")


def test_proxies_are_addresses_or_blocks() -> None:
    found = env.networks({"P": "127.0.0.1, 10.0.0.0/8,::1"}, "P")
    assert [str(network) for network in found] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    with pytest.raises(env.ConfigurationError, match="nginx"):
        env.networks({"P": "nginx"}, "P")


def test_the_data_folder_is_made_private(tmp_path: Path) -> None:
    folder = env.data_dir({"GUREUM_DATA_DIR": str(tmp_path / "a" / "b")}, tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_one_clear_sentence(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(env.ConfigurationError, match="쓸 수 없습니다"):
        env.data_dir({"GUREUM_DATA_DIR": str(blocker / "data")}, tmp_path)


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = env.secret_key({}, tmp_path)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert env.secret_key({}, tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_the_environment_overrides_the_key_file(tmp_path: Path) -> None:
    assert env.secret_key({"GUREUM_SECRET_KEY": "k" * 50}, tmp_path) == "k" * 50
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(env.ConfigurationError, match="50자"):
        env.secret_key({"GUREUM_SECRET_KEY": "short"}, tmp_path)


def test_a_damaged_key_file_is_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(env.ConfigurationError, match="새로 만듭니다"):
        env.secret_key({}, tmp_path)
