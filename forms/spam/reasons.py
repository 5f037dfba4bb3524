"""Why a lead was kept back, in words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "trap": _("A field was filled in that people do not see"),
    "too_fast": _("It was sent within two seconds"),
    "proof_reused": _("Its proof of work was used before"),
    "proof_forged": _("Its proof of work is a forgery"),
    "blocked_word": _("It holds one of the words of spam"),
    "addresses": _("It holds several web addresses"),
    "markup": _("It holds HTML or the markup of forums"),
    "phone_rate": _("This number was sent too often"),
    "network_rate": _("Too much came from this network"),
}


def describe_reasons(codes: list[str]) -> list[str]:
    return [str(REASONS.get(code, code)) for code in codes]
