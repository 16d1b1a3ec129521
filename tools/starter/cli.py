"""`start.py serve|setup|check|test|bench`."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.starter import browser, checks, environment, postgres
from tools.starter.console import StartError, prepare, say
from tools.starter.interruption import like_ctrl_c, run

USAGE = """\
사용법: python3 start.py 명령   (Windows: py start.py 명령)

  serve   사이트를 엽니다. 처음에는 필요한 것을 설치합니다.
  setup   개발 환경을 .venv에 만듭니다.
  check   코드와 콘텐츠를 검사합니다. (테스트 제외)
  test    모든 테스트를 실행합니다. --slow: 느린 설치 테스트만. 나머지는 pytest로 넘깁니다.
          --database postgres: 서버를 따로 띄워 PostgreSQL에서 실행합니다.
  bench   성능을 측정합니다. --write: benchmarks/latest.md에 적습니다.

설정(HOST, PORT, GUREUM_DATA_DIR 등)은 docs/running.md에 있습니다."""


DATABASES = ("sqlite", "postgres")
# As many processes as cores; tests/parallel.py says what stays together.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadscope")


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted."""
    prepare()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        say(USAGE)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        say(f"모르는 명령입니다: {arguments[0]}\n\n{USAGE}")
        return 2
    try:
        return command(arguments[1:])
    except StartError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("\n멈추었습니다.")
        return 130


def serve(arguments: Sequence[str]) -> int:
    _expect_none("serve", arguments)
    python = environment.ensure(environment.BASE)
    return _become(python, ["manage.py", "serve"], environment.clean_environ())


def setup(arguments: Sequence[str]) -> int:
    _expect_none("setup", arguments)
    environment.ensure(environment.DEV)
    say(f"개발 환경이 준비되었습니다: {environment.VENV.name}")
    return 0


def check(arguments: Sequence[str]) -> int:
    _expect_none("check", arguments)
    return checks.run_all(environment.ensure(environment.DEV))


def test(arguments: Sequence[str]) -> int:
    """Without `--slow` the slow tests are left out; with it only they run.

    Two processes take them, unless arguments choose some: a few tests are there sooner in one.
    """
    database, rest = _database(arguments)
    chosen = [word for word in rest if word != "--slow"]
    python = environment.ensure(environment.DEV)
    chromium = browser.ensure(python)
    if "--slow" in rest:
        rest = ["-m", "slow", *(each for each in rest if each != "--slow")]
    elif "-m" not in rest:
        rest = ["-m", "not slow", *rest]
    if not chosen or (chosen[0] == "-m" and len(chosen) == 2):
        rest = [*PARALLEL, *rest]
    command = ["-m", "pytest", *rest]
    environ = {**environment.environ_without_databases(), "GUREUM_CHROMIUM": chromium}
    if database == "sqlite":
        return _become(python, command, environ)
    with like_ctrl_c(), postgres.server() as url:
        os.chdir(environment.ROOT)
        return run([os.fspath(python), *command], {**environ, "DATABASE_URL": url})


def bench(arguments: Sequence[str]) -> int:
    python = environment.ensure(environment.BASE)
    command = ["-m", "benchmarks", *arguments]
    return _become(python, command, environment.environ_without_databases())


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "serve": serve,
    "setup": setup,
    "check": check,
    "test": test,
    "bench": bench,
}


def _expect_none(command: str, arguments: Sequence[str]) -> None:
    if arguments:
        raise StartError(f"{command}에는 인자가 없습니다: {' '.join(arguments)}\n\n{USAGE}")


def _database(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The database that is asked for, and the other arguments."""
    database, rest = DATABASES[0], list(arguments)
    for position, word in enumerate(arguments):
        option, equals, value = word.partition("=")
        if option == "--database":
            end = position + (1 if equals else 2)
            database = value if equals else "".join(arguments[position + 1 : end])
            rest = [*arguments[:position], *arguments[end:]]
    if database not in DATABASES:
        raise StartError("--database 다음에는 sqlite나 postgres를 적어 주세요.")
    return database, rest


def _become(python: Path, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run Python in the project folder as the last thing this process does."""
    os.chdir(environment.ROOT)
    command = [os.fspath(python), *arguments]
    if os.name == "posix":
        # The same process from here on: a signal sent to it reaches the server itself.
        sys.stdout.flush()
        os.execve(command[0], command, environ)
    with subprocess.Popen(command, env=environ) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # the console sent Ctrl+C to the child as well: wait for its end
