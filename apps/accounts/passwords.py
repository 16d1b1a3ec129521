"""What a password must not be, in sentences that say what to do instead."""

from django.contrib.auth import password_validation as django_validators

LEAST = 8
MOST = 200
"""Longer ones would only cost time to hash; nobody types them."""


class LengthValidator(django_validators.MinimumLengthValidator):
    """At least eight signs, whatever they are: length protects, rules about signs only annoy."""

    def __init__(self) -> None:
        super().__init__(min_length=LEAST)

    def get_error_message(self) -> str:
        return f"비밀번호가 짧습니다. {LEAST}자 이상으로 정해 주세요."


class SimilarityValidator(django_validators.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "display_name", "email"))

    def get_error_message(self) -> str:
        return "로그인 이름이나 이름과 너무 비슷합니다. 다른 비밀번호를 정해 주세요."


class CommonValidator(django_validators.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "많은 사람이 쓰는 비밀번호라 쉽게 알아맞힙니다. 다른 비밀번호를 정해 주세요."


class DigitsValidator(django_validators.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "숫자로만 된 비밀번호는 쓸 수 없습니다. 글자를 섞어 주세요."
