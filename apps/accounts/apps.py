from collections.abc import Iterator

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = "계정"

    def ready(self) -> None:
        from apps.accounts.chores import CHORES
        from apps.core.maintenance import register_chore
        from apps.core.serving.announce import register_lines

        register_lines(_setup_lines)
        for chore in CHORES:
            register_chore(chore)


def _setup_lines(base_url: str) -> Iterator[str]:
    """The link for the first administrator, new at each start while there is none."""
    from django.urls import reverse
    from django.utils import timezone

    from apps.accounts.services.setup import new_setup_token

    token = new_setup_token(now=timezone.now())
    if token is not None:
        path = reverse("accounts:setup", args=[token])
        yield "  아직 관리자가 없습니다. 이 링크에서 만들어 주세요. (한 번만 쓸 수 있습니다)"
        yield f"    {base_url.rstrip('/')}{path}"
