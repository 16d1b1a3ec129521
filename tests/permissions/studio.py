"""What the instructor wrote: the colleague may edit it, the stranger knows nothing of it."""

import datetime as dt
import uuid
from typing import Any

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import (
    Authorship,
    Draw,
    Pool,
    Question,
    QuestionShare,
    Quiz,
    QuizShare,
    Right,
    Section,
)
from apps.studio.models import ImportFile, Picture
from apps.studio.services.publishing import publish
from apps.studio.services.writing import start_question
from tests.quizzes.factories import make_question


class StudioWorld:
    """Made when a row of the studio first asks for it."""

    def __init__(self, owner: User, colleague: User, now: dt.datetime) -> None:
        self.owner, self.now = owner, now
        shipped = make_question("single").current
        assert shipped is not None
        document = dump_question(shipped.spec)
        for placing in ("lesson", "section", "quote", "erratum"):  # nothing of which is here
            document.pop(placing, None)
        draft = start_question(owner=owner, document=document, now=now, pool=Pool.PRACTICE)
        self.question: Question = publish(draft=draft, by=owner, now=now)
        self.quiz = self._quiz()
        shared = {"user": colleague, "right": Right.EDIT, "shared_at": now}
        QuestionShare.objects.create(question=self.question, **shared)
        QuizShare.objects.create(quiz=self.quiz, **shared)
        self.file = ImportFile.objects.create(
            owner=owner,
            name="q.gift",
            format="gift",
            data="하나? {=맞음 ~틀림}".encode(),
            uploaded_at=now,
        )
        self.picture = Picture.objects.create(
            owner=owner,
            data=b"\x89PNG",
            format=Picture.Format.PNG,
            width=1,
            height=1,
            digest="0" * 64,
            alt="점",
            uploaded_at=now,
        )

    def _quiz(self) -> Quiz:
        quiz = Quiz.objects.create(
            uuid=uuid.uuid4(),
            slug="own-quiz",
            title="내 퀴즈",
            authorship=Authorship.STUDIO,
            owner=self.owner,
            minutes=5,
            digest="0" * 64,
        )
        section = Section.objects.create(quiz=quiz, position=1)
        Draw.objects.create(section=section, position=1, question=self.question)
        return quiz

    def kwargs(self, page: str) -> dict[str, Any]:
        name = page.partition(":")[2]
        if name in {"import-file"}:
            return {"public_id": self.file.public_id}
        if name == "picture":
            return {"public_id": self.picture.public_id, "ext": self.picture.format}
        if name == "from-widget":
            return {"widget": "packet-walk"}
        if name.startswith("generator") and name != "generators":
            return {"generator": "packet-walk-fix"}
        if name == "sentences":
            return {"lesson": "lesson"}
        number = {"number": 1} if name in {"version", "restore", "quiz-restore"} else {}
        if (name.startswith("quiz") and name not in {"quizzes", "quiz-new"}) or name == "trial":
            return {"uuid": self.quiz.uuid, **number}
        if name in QUESTION_PAGES:
            return {"uuid": self.question.uuid, **number}
        return {}


QUESTION_PAGES = frozenset(
    [
        "question",
        "copy",
        "archive",
        "edit",
        "preview",
        "discard",
        "publish",
        "history",
        "version",
        "restore",
        "share",
    ]
)
