from forms.models.consents import Consent, ConsentText
from forms.models.desk import (
    Agent,
    AssignmentRule,
    ChosenColumns,
    LeadEvent,
    NotificationRule,
    RuleMember,
)
from forms.models.leads import Lead
from forms.models.pages import FormPage
from forms.models.privacy import PersonalDataRead
from forms.models.requests import DataRequest
from forms.models.settings import LeadSettings
from forms.models.spam import RateCounter, UsedChallenge
from forms.models.touches import Touch

__all__ = [
    "Agent",
    "AssignmentRule",
    "ChosenColumns",
    "Consent",
    "ConsentText",
    "DataRequest",
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
