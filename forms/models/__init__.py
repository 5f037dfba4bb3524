from forms.models.consents import Consent, ConsentText
from forms.models.desk import (
    Agent,
    AssignmentRule,
    LeadEvent,
    NotificationRule,
    RuleMember,
)
from forms.models.leads import Lead
from forms.models.pages import FormPage
from forms.models.privacy import PersonalDataRead
from forms.models.settings import LeadSettings
from forms.models.spam import RateCounter, UsedChallenge
from forms.models.touches import Touch

__all__ = [
    "Agent",
    "AssignmentRule",
    "Consent",
    "ConsentText",
    "FormPage",
    "Lead",
    "LeadEvent",
    "LeadSettings",
    "NotificationRule",
    "PersonalDataRead",
    "RateCounter",
    "RuleMember",
    "Touch",
    "UsedChallenge",
]
