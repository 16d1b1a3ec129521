"""What an instructor wrote, put into the database of a running site.

`python -m tests.e2e.studio_bank` prints what it made (`Studio`) as JSON.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.e2e.class_bank import PASSWORD
from tests.starter.running import ROOT, site_environ

AUTHOR, COLLEAGUE = "studio-author", "studio-colleague"
KINDS = (
    *("single", "multiple", "true_false", "matching", "ordering", "categorize"),
    *("numeric", "short_text", "essay", "scenario", "generated"),
)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"> [눌러](javascript:alert(1))'


@dataclass(frozen=True)
class Studio:
    """Addresses: of a published question, of one of every kind, of a quiz, of a file to import."""

    question: str
    kinds: dict[str, str]
    quiz: str
    file: str


def fill_with_studio(data_dir: Path) -> Studio:
    made = subprocess.run(
        [sys.executable, "-m", "tests.e2e.studio_bank"],
        cwd=ROOT,
        env=site_environ(data_dir),
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    return Studio(**json.loads(made))


def _fill() -> Studio:
    from django.utils import timezone

    from apps.accounts.models import Role
    from apps.accounts.services.signup import create_account
    from apps.quizzes.models import QuestionShare, Right
    from apps.studio.models import ImportFile
    from apps.studio.services.quizzes import add_questions, create_quiz
    from tests.studio.factories import make_question

    now = timezone.now()
    author, colleague = (
        create_account(
            username=name, password=PASSWORD, display_name=shown, role=Role.INSTRUCTOR, now=now
        )
        for name, shown in ((AUTHOR, "윤강사"), (COLLEAGUE, "한강사"))
    )
    made = {kind: make_question(author, kind, title=f"견본 {kind}") for kind in KINDS}
    quiz = create_quiz(owner=author, title="견본 퀴즈", now=now)
    add_questions(quiz=quiz, questions=list(made.values()), by=author, now=now)
    QuestionShare.objects.create(
        question=made["single"], user=colleague, right=Right.EDIT, shared_at=now
    )
    file = ImportFile.objects.create(
        owner=author,
        name="견본.gift",
        format="gift",
        data=f"{HOSTILE.replace('=', chr(92) + '=')} {{=맞음 ~틀림}}\n\n깨진 {{=".encode(),
        uploaded_at=now,
    )
    return Studio(
        question=f"/studio/questions/{made['single'].uuid}/",
        kinds={kind: f"/studio/questions/{each.uuid}/" for kind, each in made.items()},
        quiz=f"/studio/quizzes/{quiz.uuid}/",
        file=f"/studio/import/{file.public_id}/",
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(asdict(_fill())))
