"""Proofs of work, really worked for."""

import altcha
import time_machine
from django.utils import timezone

from forms.spam.challenges import SHORTEST_TIME, issue_challenge


def solve(challenge: altcha.Challenge) -> str:
    solution = altcha.solve_challenge(challenge)
    return write(challenge, solution.number)


def write(issued: altcha.Challenge, number: int, **changes) -> str:
    """What the widget sends."""
    fields = {
        "algorithm": issued.algorithm,
        "challenge": issued.challenge,
        "number": number,
        "salt": issued.salt,
        "signature": issued.signature,
        **changes,
    }
    return altcha.Payload(**fields).to_base64()


def begin(form_page) -> altcha.Challenge:
    """A challenge that was issued when the visitor began to write."""
    with time_machine.travel(timezone.now() - 2 * SHORTEST_TIME, tick=False):
        return issue_challenge(form_page)


def prove(form_page) -> str:
    return solve(begin(form_page))
