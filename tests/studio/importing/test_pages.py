"""Import in the browser: a file, a look at what would happen, and all of it at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.quizzes.models import Authorship, Draw, Question, Quiz
from apps.studio.forms.importing import LARGEST
from apps.studio.models import Draft, ImportFile
from tests.content.attacks import ATTACKS
from tests.studio.factories import make_instructor, make_quiz
from tests.studio.importing.files import GIFT

pytestmark = pytest.mark.django_db
UPLOAD = "/studio/import/"
OPTIONS = {
    "format": "gift",
    "seen_format": "gift",
    "encoding": "",
    "topic": "other",
    "level": "이해",
    "difficulty": "2",
    "pool": "practice",
    "tags": "",
    "chosen": "1",
}


@pytest.fixture
def teacher(client: Client) -> Client:
    client.force_login(make_instructor())
    return client


def sent(client: Client, text: str, **fields: object) -> ImportFile:
    response = client.post(UPLOAD, {"text": text, **fields})
    assert response.status_code == 302, response.content.decode()
    return ImportFile.objects.latest("uploaded_at")


def address(file: ImportFile) -> str:
    return reverse("studio:import-file", args=[file.public_id])


def applied(client: Client, file: ImportFile, **fields: object) -> HttpResponse:
    return client.post(address(file), {**OPTIONS, "go": "apply", **fields})  # type: ignore[return-value]


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_pasted_text_leads_to_a_look_that_changes_nothing(teacher: Client) -> None:
    page = text_of(teacher.get(address(sent(teacher, GIFT))))
    assert "6개 가운데 4개를 바로 쓸 수 있습니다." in page
    assert "1개는 고칠 곳이 있어 초안으로 남습니다." in page
    assert "UTF-8로 읽었습니다." in page
    assert "중괄호 {가 닫히지 않았습니다." in page
    assert "물음이 없는 글이라" in page
    assert "<em>무엇</em>" in page
    assert not Question.objects.exists()


def test_the_format_is_guessed_and_can_be_changed(teacher: Client) -> None:
    aiken = "물음\nA. 하나\nB. 둘\nANSWER: A\n"
    file = sent(teacher, aiken)
    assert file.format == "aiken"
    response = teacher.post(address(file), {**OPTIONS, "format": "toml", "go": "read"})
    assert response.status_code == 422
    assert "TOML로 읽을 수 없습니다" in text_of(response)


def test_what_was_chosen_comes_in_at_once(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    applied(teacher, file, take=["1", "2", "6"], tags="중간고사, 1반", difficulty="4")
    assert Question.objects.current().count() == 2
    assert Draft.objects.count() == 1
    first = Question.objects.get(title="첫 문제")
    assert first.authorship == Authorship.STUDIO
    assert first.current is not None
    assert first.current.spec.about.difficulty == 4
    tags = set(first.tags.values_list("name", flat=True))
    assert tags == {"기초", "서브넷", "q1", "중간고사", "1반"}
    page = text_of(teacher.get(address(file)))
    assert "2개를 발행하고 1개를 초안으로 남겼습니다." in page


def test_applying_twice_does_nothing_twice(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    for _ in range(2):
        applied(teacher, file, take=["1", "2"])
    assert Question.objects.count() == 2


def test_a_quiz_asks_what_came_in(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    applied(teacher, file, take=["1", "3", "6"], quiz="on", quiz_title="가져온 시험")
    quiz = Quiz.objects.get(title="가져온 시험")
    assert Draw.objects.filter(section__quiz=quiz).count() == 2
    assert "퀴즈 ‘가져온 시험’ 열기" in text_of(teacher.get(address(file)))


def test_a_quiz_needs_a_name(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    response = applied(teacher, file, take=["1"], quiz="on", quiz_title="")
    assert response.status_code == 422
    assert "퀴즈 이름을 적어 주세요." in text_of(response)
    assert not Question.objects.exists()


def test_what_is_there_already_is_not_proposed_again(teacher: Client) -> None:
    applied(teacher, sent(teacher, GIFT), take=["1", "6"])
    page = text_of(teacher.get(address(sent(teacher, GIFT))))
    assert "같은 문제</a>가 있어 골라 두지 않았습니다." in page
    assert 'name="take" value="1">' in page
    assert 'name="take" value="2" checked>' in page


def test_an_entry_that_repeats_is_not_proposed(teacher: Client) -> None:
    page = text_of(teacher.get(address(sent(teacher, "가? {T}\n\n가? {T}\n"))))
    assert "이 파일의" in page
    assert 'value="2" checked' not in page


def test_nothing_chosen_is_refused(teacher: Client) -> None:
    response = applied(teacher, sent(teacher, GIFT))
    assert response.status_code == 409
    assert "하나 이상 골라 주세요." in text_of(response)


def test_what_was_chosen_survives_another_reading(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    fields = {**OPTIONS, "go": "read", "take": ["2"], "tags": "기말", "encoding": "utf-8"}
    assert teacher.post(address(file), fields).status_code == 302
    page = text_of(teacher.get(address(file)))
    assert 'value="1" checked' not in page
    assert 'value="2" checked' in page
    assert 'value="기말"' in page


def test_undo_takes_all_back(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    applied(teacher, file, take=["1", "2", "6"], quiz="on", quiz_title="시험")
    teacher.post(address(file), {"go": "undo"})
    assert not Question.objects.exists()
    assert not Quiz.objects.exists()
    assert "모두 지웠습니다." in text_of(teacher.get(address(file)))


def test_undo_is_refused_while_a_quiz_asks_one_of_them(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    applied(teacher, file, take=["1"])
    question = Question.objects.get()
    assert question.owner is not None
    make_quiz(question.owner, [question])
    response = teacher.post(address(file), {"go": "undo"})
    assert response.status_code == 409
    assert "퀴즈에서 먼저 빼세요." in text_of(response)
    assert Question.objects.exists()


def test_a_file_can_be_thrown_away(teacher: Client) -> None:
    file = sent(teacher, GIFT)
    teacher.post(address(file), {"go": "discard"})
    assert not ImportFile.objects.exists()


def test_files_of_others_are_not_there(client: Client, teacher: Client) -> None:
    file = sent(teacher, GIFT)
    client.force_login(make_instructor("lee"))
    assert client.get(address(file)).status_code == 404


def test_a_large_file_is_refused_with_a_way_on(teacher: Client) -> None:
    upload = SimpleUploadedFile("a.txt", b"x" * (LARGEST + 1))
    response = teacher.post(UPLOAD, {"file": upload})
    assert response.status_code == 422
    assert "manage.py import_questions" in text_of(response)


def test_nothing_sent_is_refused(teacher: Client) -> None:
    response = teacher.post(UPLOAD, {"text": "  "})
    assert response.status_code == 422
    assert "파일을 고르거나" in text_of(response)


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_letters_of_other_encodings_are_read(teacher: Client, encoding: str) -> None:
    upload = SimpleUploadedFile("문제.txt", GIFT.encode(encoding))
    teacher.post(UPLOAD, {"file": upload})
    file = ImportFile.objects.get()
    assert file.name == "문제.txt"
    page = text_of(teacher.get(address(file)))
    assert "첫 문제" in page
    assert {"cp949": "CP949로", "utf-16": "UTF-16으로"}[encoding] in page


def test_more_entries_than_boxes_are_left_out_by_number(teacher: Client) -> None:
    file = sent(teacher, "\n\n".join(f"물음 {number}번? {{T}}" for number in range(1, 520)))
    page = text_of(teacher.get(address(file)))
    assert 'name="take"' not in page
    wrong = applied(teacher, file, left_out="셋")
    assert wrong.status_code == 422
    applied(teacher, file, left_out="3, 10-20")
    assert Question.objects.current().count() == 519 - 12


def test_one_preview_at_a_time_where_there_are_many(teacher: Client) -> None:
    file = sent(teacher, "\n\n".join(f"물음 {number}번? {{T}}" for number in range(1, 90)))
    assert "import-preview__line" not in text_of(teacher.get(address(file)))
    assert text_of(teacher.get(f"{address(file)}?show=7")).count("import-preview prose") == 1


def test_attacks_do_not_reach_the_preview(teacher: Client) -> None:
    """Each as the stem, a choice and its feedback, in HTML and in Markdown."""
    clean = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})
    for text_format in ("html", "markdown"):
        entries = []
        for _, text in ATTACKS[:58]:
            said = text.replace("\x00", "").replace("\n", " ").translate(clean)
            entries.append(f"[{text_format}]가 {said} {{={said}#{said} ~나}}")
        page = text_of(teacher.get(address(sent(teacher, "\n\n".join(entries), format="gift"))))
        inside = page.partition('class="import-items"')[2].partition("</ol>")[0]
        lowered = inside.lower()
        for bad in ("<script", "<iframe", "<svg", "<style", 'href="javascript', "<object", "<form"):
            assert bad not in lowered, bad
        assert 'src="http' not in lowered


@pytest.mark.parametrize("start", range(0, len(ATTACKS), 40))
def test_no_attack_stops_the_look(teacher: Client, start: int) -> None:
    for _, text in ATTACKS[start : start + 40]:
        upload = SimpleUploadedFile("a.txt", f"A {text}\n\n물음? {{T}}".encode())
        response = teacher.post(UPLOAD, {"file": upload, "format": "gift"})
        assert teacher.get(response["Location"]).status_code == 200


def test_the_list_of_files_reads_no_file(
    teacher: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        sent(teacher, GIFT)
    with django_assert_max_num_queries(8) as asked:
        teacher.get(UPLOAD)
    assert not any('"studio_importfile"."data"' in each["sql"] for each in asked.captured_queries)
