"""Whether a submission looks like spam. Nobody is refused for it: suspects are kept back for somebody to look at."""

from dataclasses import dataclass, field

from forms.context import LeadContext
from forms.models import FormPage, LeadSettings
from forms.spam.challenges import SUSPICIOUS, Outcome, use_proof
from forms.spam.content import find_suspicious_content
from forms.spam.rates import find_exceeded_rates
from forms.submission import Submission


@dataclass(frozen=True)
class Verdict:
    is_verified: bool = False
    # Codes of what is suspicious, such as "trap" or "phone_rate"; empty for an honest submission.
    reasons: list[str] = field(default_factory=list)

    @property
    def is_spam(self) -> bool:
        return bool(self.reasons)


def judge(form_page: FormPage, submission: Submission, context: LeadContext) -> Verdict:
    """Called in the transaction that stores the submission, so that what is counted is what was stored.

    Raises TooMany for a flood.
    """
    if context.is_import:
        return Verdict()
    settings = LeadSettings.load()
    outcome = use_proof(form_page, context.proof)
    reasons = ["trap"] if context.trap else []
    reasons += [outcome.value] if outcome in SUSPICIOUS else []
    reasons += find_suspicious_content(submission, settings)
    reasons += find_exceeded_rates(submission, context, settings)
    return Verdict(is_verified=outcome == Outcome.VALID, reasons=reasons)
