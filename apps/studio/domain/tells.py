"""What gives a single question away, or leaves it without a question: advice, never a refusal."""

import re
import unicodedata

from apps.kernel.documents import Findings, join
from apps.quizzes.domain.spec import QuestionSpec

# The key is long "by far" from this much more than the longest wrong choice on, and this many
# letters more: two letters among five tell nobody anything.
_MUCH_LONGER, _LETTERS_LONGER = 1.5, 12
_NOTHING = re.compile(r"[\W_]+")
_EVERYTHING = re.compile(
    r"^위의?(?:보기)?(?:가|는)?모[두든]|모두(?:가)?(?:정답|맞|옳|해당)|다맞|전부(?:정답|맞|옳|해당)"
)
_NONE = re.compile(r"정답(?:이)?없|(?:맞|옳)는것이?없|해당(?:사항)?(?:이)?없|모두(?:틀|아니)")
_CODE = re.compile(r"`+[^`]*`+|\[([^\]]*)\]\([^)]*\)")
# A stem asks, or tells what to do. In Korean either shows at the end of one of its sentences.
_ASKS = re.compile(
    r"[?？]|_{2,}|□|\(\s{1,}\)|"
    r"(?:까|까요|나요|가요|은가|는가|인가|던가|세요|시오|하라|어라|아라|해라|것은|것|"
    r"무엇|얼마|어디|언제|몇\s*\S{0,4}|고르기|찾기|쓰기|답)(?:[.:。]\s|[.:。]?\s*$)",
    re.MULTILINE,
)
# Kinds whose stem alone says what to do; in the others it is judged, or an engine asks.
_NEEDS_QUESTION = frozenset({"single", "multiple", "numeric", "short_text", "essay"})


def advise_on_tells(spec: QuestionSpec, findings: Findings, path: str = "") -> None:
    """Advise under the paths of the question's document; the choices stand there in body order."""
    if spec.shown.kind in {"single", "multiple"}:
        _everything(spec, findings, path)
    if spec.shown.kind == "single":
        _longest_key(spec, findings, path)
    if spec.shown.kind in _NEEDS_QUESTION and not _ASKS.search(spec.shown.stem):
        findings.advise(
            join(path, "stem"),
            "무엇을 묻는지 한눈에 보이지 않습니다. “무엇인가요?”, “고르세요.”처럼 묻는 말로 "
            "끝내면 학습자가 덜 헤맵니다.",
        )


def _longest_key(spec: QuestionSpec, findings: Findings, path: str) -> None:
    lengths = {each["id"]: _length(each["text"]) for each in spec.shown.body["choices"]}
    right = spec.secret.key["choice"]
    key = lengths.pop(right)
    most = max(lengths.values())
    if key >= most * _MUCH_LONGER and key - most >= _LETTERS_LONGER:
        place = [each["id"] for each in spec.shown.body["choices"]].index(right)
        findings.advise(
            join(path, f"choice[{place}].text"),
            f"정답만 눈에 띄게 깁니다({key}자, 오답은 길어야 {most}자). 내용을 몰라도 고를 수 "
            "있으니 정답을 줄이거나 오답도 비슷한 길이로 적어 보세요.",
        )


def _length(text: str) -> int:
    """Letters that are read: no white space, no marks of Markdown."""
    plain = _CODE.sub(lambda match: match[1] or match[0].strip("`"), text)
    return len(_NOTHING.sub("", plain))


def _everything(spec: QuestionSpec, findings: Findings, path: str) -> None:
    for index, choice in enumerate(spec.shown.body["choices"]):
        text = _NOTHING.sub("", unicodedata.normalize("NFC", choice["text"]))
        place = join(path, f"choice[{index}].text")
        if _EVERYTHING.search(text) and len(text) <= _SHORT:
            findings.advise(
                place,
                "‘모두 정답’ 같은 보기는 두 개만 맞는 줄 알아도 고를 수 있고, 보기를 섞으면 "
                "뜻이 흐려집니다. ‘여러 개 고르기’로 바꾸는 것이 어떨까요?",
            )
        elif _NONE.search(text) and len(text) <= _SHORT:
            findings.advise(
                place,
                "‘정답 없음’ 같은 보기는 무엇을 아는지 보여 주지 못합니다. 학습자가 자주 하는 "
                "오해를 보기로 적어 보세요.",
            )


# A longer choice says something of its own: 포트와 주소가 모두 맞아야 허용합니다.
_SHORT = 14
