"""Whether a submission looks like spam. Nobody is refused for it: suspects are kept back for somebody to look at."""

from dataclasses import dataclass, field

from forms.context import LeadContext
from forms.models import FormPage
from forms.submission import Submission


@dataclass(frozen=True)
class Verdict:
    is_verified: bool = False
    # Codes of what is suspicious, such as "honeypot" or "rate_phone"; empty for an honest submission.
    reasons: list[str] = field(default_factory=list)

    @property
    def is_spam(self) -> bool:
        return bool(self.reasons)


def judge(form_page: FormPage, submission: Submission, context: LeadContext) -> Verdict:
    """Called in the transaction that stores the submission."""
    return Verdict()
