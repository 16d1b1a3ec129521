"""The audit trail in words: what each recorded action is called on the administrators' pages."""

from apps.accounts.models import AuditEntry, Role

# One list for all apps, so that one page reads the same throughout; a test looks for missing ones.
_LABELS = {
    "site-set-up": "첫 관리자로 사이트를 열었습니다",
    "account-made": "계정을 만들었습니다",
    "role-changed": "역할을 바꾸었습니다",
    "account-closed": "계정을 닫았습니다",
    "account-opened": "닫은 계정을 다시 열었습니다",
    "reset-code-issued": "비밀번호 재설정 코드를 만들었습니다",
    "password-reset": "코드로 비밀번호를 새로 정했습니다",
    "account-erased": "계정을 지웠습니다",
    "classroom-archived": "반을 보관했습니다",
    "classroom-restored": "반의 보관을 풀었습니다",
    "classroom-cloned": "반을 복제했습니다",
    "join-code-renewed": "반의 참여 코드를 새로 만들었습니다",
    "instructor-added": "반의 강사로 더했습니다",
    "instructor-removed": "반의 강사에서 뺐습니다",
    "roster-added": "명단을 더했습니다",
    "entry-codes-issued": "개인 코드를 새로 만들었습니다",
    "person-removed": "반에서 내보냈습니다",
    "person-blocked": "반에 다시 들어오지 못하게 막았습니다",
    "person-restored": "반에 다시 들였습니다",
    "enrollment-claimed": "이름으로 들어온 자리를 계정으로 옮겼습니다",
    "enrollment-merged": "한 사람의 두 자리를 하나로 합쳤습니다",
    "assignment-created": "과제를 냈습니다",
    "assignment-edited": "과제를 고쳤습니다",
    "question-deleted": "문제를 지웠습니다",
    "assignment-retired": "과제를 내렸습니다",
    "assignment-restored": "내린 과제를 다시 냈습니다",
    "extension-given": "기한이나 시간을 늘려 주었습니다",
    "extension-withdrawn": "늘려 준 기한을 거두었습니다",
    "question-shared": "문제를 공유했습니다",
    "question-withdrawn": "문제의 공유를 거두었습니다",
    "question-handed-over": "문제를 다른 강사에게 넘겼습니다",
    "quiz-shared": "퀴즈를 공유했습니다",
    "quiz-withdrawn": "퀴즈의 공유를 거두었습니다",
    "quiz-handed-over": "퀴즈를 다른 강사에게 넘겼습니다",
}

ABOUT_ACCOUNTS = (
    "site-set-up",
    "account-made",
    "role-changed",
    "account-closed",
    "account-opened",
    "reset-code-issued",
    "password-reset",
    "instructor-added",
    "instructor-removed",
)
"""Actions whose subject is a login name; a test looks for missing ones."""


def action_label(entry: AuditEntry) -> str:
    """What was done, e.g. "역할을 바꾸었습니다 (학습자 → 강사)"; the slug where nobody named it."""
    label = _LABELS.get(entry.action, entry.action)
    if entry.action == "role-changed":
        names = dict(Role.choices)
        before, after = (names.get(entry.detail.get(key), "?") for key in ("before", "after"))
        return f"{label} ({before} → {after})"
    return label
