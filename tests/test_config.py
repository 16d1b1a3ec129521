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
