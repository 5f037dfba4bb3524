"""Receipt numbers: what a visitor is given to ask about a lead, and all that an address may show of one."""

import secrets

# Without I, O, 0 and 1: a receipt is read out over the telephone. 32 signs, ten of them: 50 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PATTERN = r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}"


def new_receipt() -> str:
    """Such as K7M4P-2XQ9D. Random, so that nobody can count our leads or guess somebody else's."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def tidy_receipt(text: str) -> str:
    """As it may be read out over the telephone: small letters, no hyphen, spaces around it."""
    signs = "".join(text.upper().replace("-", "").split())
    return f"{signs[:5]}-{signs[5:]}"
