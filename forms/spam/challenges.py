"""Proof of work after ALTCHA: a browser spends a moment's work before it sends a form, and no third party is asked.

A challenge is bound to its form, signed, and stored nowhere; what is remembered is that a proof was used.
"""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from altcha import Challenge, ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from forms.models import FormPage, UsedChallenge

LIFETIME = timedelta(minutes=25)
# No visitor fills in a form in less. Our own script waits for it, so this meets programs only.
SHORTEST_TIME = timedelta(seconds=2)
LONGEST_PROOF = 2000
LARGEST_NUMBER = 100_000_000
PURPOSE = "forms.spam.challenges"


class Outcome(StrEnum):
    VALID = "valid"
    MISSING = "missing"
    EXPIRED = "expired"
    TOO_FAST = "too_fast"
    REUSED = "proof_reused"
    FORGED = "proof_forged"


# An old proof, or none, says nothing against a visitor.
SUSPICIOUS = {Outcome.TOO_FAST, Outcome.REUSED, Outcome.FORGED}


@dataclass(frozen=True)
class Salt:
    """What a challenge says about itself. All of it is under the signature."""

    nonce: str
    form: int
    issued: float
    expires: int

    # Exactly as it is written: the library would read one of two `expires` and sign the other.
    PATTERN: ClassVar = re.compile(
        r"(?P<nonce>[0-9a-f]{24})\?form=(?P<form>\d{1,18})&issued=(?P<issued>\d{1,12}\.\d{3})&expires=(?P<expires>\d{1,12})&",
        re.ASCII,
    )

    def __str__(self) -> str:
        return (
            f"{self.nonce}?form={self.form}&issued={self.issued:.3f}"
            f"&expires={self.expires}&"
        )

    @classmethod
    def parse(cls, text: str) -> "Salt | None":
        found = cls.PATTERN.fullmatch(text)
        if found is None:
            return None
        return cls(
            found["nonce"],
            int(found["form"]),
            float(found["issued"]),
            int(found["expires"]),
        )


def issue_challenge(form_page: FormPage) -> Challenge:
    now = timezone.now()
    expires = int((now + LIFETIME).timestamp())
    salt = Salt(secrets.token_hex(12), form_page.pk, now.timestamp(), expires)
    options = ChallengeOptions(
        hmac_key=next(signing_keys()),
        max_number=settings.PROOF_OF_WORK_NUMBERS,
        salt=str(salt),
    )
    return create_challenge(options)


def signing_keys() -> Iterator[str]:
    """The first signs. A proof that was begun before SECRET_KEY was changed is still good."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = salted_hmac(PURPOSE, "challenge", secret=secret, algorithm="sha256")
        yield digest.hexdigest()


def use_proof(form_page: FormPage, proof: str) -> Outcome:
    """Check a proof, and remember it when it is good: within the transaction that stores the submission, so that a
    submission that fails takes nothing away from the visitor.
    """
    if not proof:
        return Outcome.MISSING
    payload = read_proof(proof)
    salt = Salt.parse(payload["salt"]) if payload else None
    if payload is None or salt is None or not is_signed(payload):
        return Outcome.FORGED
    if salt.form != form_page.pk:
        return Outcome.FORGED
    now = timezone.now().timestamp()
    if salt.expires < now:
        return Outcome.EXPIRED
    if not remember(payload["signature"], salt.expires):
        return Outcome.REUSED
    # A clock that was put back makes challenges of the future; nobody is suspected for it.
    if 0 <= now - salt.issued < SHORTEST_TIME.total_seconds():
        return Outcome.TOO_FAST
    return Outcome.VALID


def read_proof(proof: str) -> dict[str, Any] | None:
    """The proof as the widget writes it, or nothing if it is something else."""
    if len(proof) > LONGEST_PROOF:
        return None
    try:
        payload = json.loads(base64.b64decode(proof, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) and is_well_formed(payload) else None


def is_well_formed(payload: dict[str, Any]) -> bool:
    texts = (payload.get(key) for key in ("challenge", "salt", "signature"))
    number = payload.get("number")
    return (
        payload.get("algorithm") == "SHA-256"
        and all(isinstance(text, str) for text in texts)
        and type(number) is int
        and 0 <= number <= LARGEST_NUMBER
    )


def is_signed(payload: dict[str, Any]) -> bool:
    names = ("algorithm", "challenge", "number", "salt", "signature")
    solution: Any = {name: payload[name] for name in names}
    return any(
        verify_solution(solution, key, check_expires=False)[0] for key in signing_keys()
    )


def remember(signature: str, expires: int) -> bool:
    """False if it was used before. Another transaction that uses it now is waited for."""
    expires_at = datetime.fromtimestamp(expires, UTC)
    _used, is_new = UsedChallenge.objects.get_or_create(
        signature=signature, defaults={"expires_at": expires_at}
    )
    return is_new
