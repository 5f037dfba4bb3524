from cms.translation.models.jobs import Job
from cms.translation.models.rules import LanguageRule, Mode, Translator

__all__ = ["Job", "LanguageRule", "Mode", "Translator"]
