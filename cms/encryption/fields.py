"""Model fields whose values are encrypted in the database: Fernet tokens (AES-128-CBC with HMAC-SHA256)."""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cms.encryption.keys import get_cipher


class Undecryptable(Exception):
    """A value was encrypted with a key that ENCRYPTION_KEYS does not hold, or it was tampered with."""


def encrypt(text: str) -> str:
    return get_cipher().encrypt(text.encode()).decode("ascii") if text else ""


def decrypt(token: str) -> str:
    if not token:
        return ""
    try:
        return get_cipher().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Undecryptable(
            "A value cannot be decrypted: the key that it was encrypted with is not in ENCRYPTION_KEYS."
        ) from None


class EncryptedTextField(models.TextField):
    """A text that only this program can read. An empty text stays empty, so that it can be asked for."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if isinstance(value, str) else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Every encryption of a text is a different one: comparing could never find anything."""
        if lookup_name != "isnull":
            raise FieldError(
                f"{self.name} is encrypted and cannot be looked up by {lookup_name!r}: use its hash."
            )
        return super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """JSON that only this program can read."""

    # What django-stubs takes the types of values from.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        text = json.dumps(
            value, ensure_ascii=False, cls=DjangoJSONEncoder, separators=(",", ":")
        )
        return encrypt(text)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return json.loads(decrypt(value)) if value else None

    def to_python(self, value: Any) -> Any:
        return value
