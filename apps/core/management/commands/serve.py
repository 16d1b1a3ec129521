"""`manage.py serve`: prepare everything a site needs, then serve it."""

import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from apps.core.serving import announce, ports, server, static


class RefusalError(Exception):
    """The site cannot start; the text is Korean and says what to do."""


class Command(BaseCommand):
    help = "Prepares the database, content and static files, then serves the site (granian)."
    # Ours run in `make check`; here they would only delay each start.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Each refusal is one clear message and exit code 1; SIGTERM and SIGINT exit with 0."""
        _stop_on_signals()
        try:
            self._serve()
        except RefusalError as refusal:
            # Not CommandError: Django would put its class name before the sentence.
            self.stderr.write(str(refusal))
            raise SystemExit(1) from None

    def _serve(self) -> None:
        started = time.monotonic()
        host, port = settings.GUREUM_HOST, settings.GUREUM_PORT
        self._refuse_unless_free(host, port)
        self._migrate()
        if static.collect_if_changed():
            self._say("정적 파일을 모았습니다.")
        self._load_content()
        # Preparing may have taken a while: somebody else may have taken the port meanwhile.
        self._refuse_unless_free(host, port)
        self._say(f"준비를 마쳤습니다. ({time.monotonic() - started:.1f}초)")
        for line in announce.announcement(
            host,
            port,
            own_addresses=settings.GUREUM_OWN_ADDRESSES,
            behind_tls=settings.GUREUM_TLS,
            further=self._further_lines(host, port),
        ):
            self._say(line)
        if server.run(host, port):
            raise RefusalError("서버가 예기치 않게 끝났습니다.")
        self._say("멈추었습니다.")

    def _further_lines(self, host: str, port: int) -> Iterator[str]:
        base_url = announce.base_url(
            host, port, behind_tls=settings.GUREUM_TLS, hosts=settings.GUREUM_HOSTS
        )
        return announce.further_lines(base_url)

    def _refuse_unless_free(self, host: str, port: int) -> None:
        if problem := ports.refusal(host, port):
            raise RefusalError(problem)

    def _migrate(self) -> None:
        try:
            executor = MigrationExecutor(connection)
            # Asking for the plan is much cheaper than running `migrate` to learn that it is empty.
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self._say("데이터베이스를 준비합니다.")
                call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            reason = " ".join(str(error).split())  # libpq takes several lines for it
            raise RefusalError(
                f"데이터베이스를 준비하지 못했습니다. ({reason}) {_where_to_look()}"
            ) from error

    def _load_content(self) -> None:
        try:
            call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            raise RefusalError(
                f"{error}\n콘텐츠를 고친 뒤 다시 시작해 주세요. 서버는 시작하지 않았습니다."
            ) from error

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # under a pipe the address would otherwise wait for a full buffer


def _where_to_look() -> str:
    if connection.vendor == "sqlite":
        return f"데이터 폴더를 확인해 주세요: {settings.GUREUM_DATA_DIR}"
    # Never the address itself: it holds a password.
    return "PostgreSQL 서버가 떠 있는지, DATABASE_URL이 맞는지 확인해 주세요."


def _stop_on_signals() -> None:
    """Before granian has its own handlers, being asked to stop is no error either."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
