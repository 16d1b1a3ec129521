"""`manage.py export_questions`: questions as a file of another program, or of this one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.accounts.models import User
from apps.quizzes.models import Question, Quiz
from apps.studio.exchange.write import ExportFormat
from apps.studio.management.printing import print_utf8
from apps.studio.services.exporting import Exported, export_questions, export_quiz
from apps.studio.services.refusals import RefusedError


class Command(BaseCommand):
    help = "Writes live questions as a file; what the file does not hold goes to standard error."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        formats = [each.value for each in ExportFormat]
        parser.add_argument("--format", choices=formats, required=True)
        parser.add_argument("--owner", metavar="NAME", default="", help="only of this instructor")
        parser.add_argument("--quiz", metavar="SLUG", default="", help="what this quiz asks")
        parser.add_argument("--topic", metavar="T", default="", help="only of this topic")
        parser.add_argument("--output", metavar="FILE", default="", help="instead of the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each refusal is a Korean sentence on standard error, and exit code 1."""
        try:
            exported = _exported(options)
            self._write(exported.text, options["output"])
        except RefusedError as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from None
        for note in exported.notes:
            self.stderr.write(note)
        for loss in exported.losses:
            for sentence in loss.sentences:
                self.stderr.write(f"{loss.name}: {sentence}")
        self.stderr.write(f"{exported.count}문제를 적었습니다.")

    def _write(self, text: str, output: str) -> None:
        if not output:
            print_utf8(self.stdout, text)
            return
        try:
            Path(output).write_bytes(text.encode())
        except OSError as error:
            raise RefusedError(f"파일을 쓸 수 없습니다: {output} ({error.strerror})") from None


def _exported(options: dict[str, Any]) -> Exported:
    export_format = ExportFormat(options["format"])
    if options["quiz"]:
        if options["owner"] or options["topic"]:
            raise RefusedError("--quiz는 --owner나 --topic과 함께 쓸 수 없습니다.")
        quiz = Quiz.objects.current().filter(slug=options["quiz"]).first()
        if quiz is None:
            raise RefusedError(f"‘{options['quiz']}’이라는 퀴즈가 없습니다.")
        return export_quiz(quiz, export_format, user=None)
    questions = Question.objects.current().select_related("current").prefetch_related("tags")
    if options["owner"]:
        owner = User.objects.filter(username=options["owner"]).first()
        if owner is None:
            raise RefusedError(f"‘{options['owner']}’이라는 로그인 이름이 없습니다.")
        questions = questions.from_studio().filter(owner=owner)
    if options["topic"]:
        questions = questions.filter(topic=options["topic"])
    return export_questions(questions.order_by("pk"), export_format)
