"""Telephone numbers as people in China write them.

libphonenumber knows the numbering plan; this module knows the habits that it does not: full-width digits, 转8012 and
-8012 for an extension, two numbers in one box, a local number whose area code everybody in the city knows.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType

REGION = "CN"
COUNTRY_CODE = 86
MOBILE_LENGTH = 11
LONGEST_NUMBER = 15  # digits, after E.164
LONGEST_INPUT = 60  # characters

DASHES = re.compile(r"[‐‑‒–—―−~]")
ALTERNATIVE = re.compile(r"[/、\n]|或")
OWN_COUNTRY = re.compile(rf"^\W*(?:\+|00)\W*{COUNTRY_CODE}\W*")
EXTENSION = re.compile(
    r"(?:\(?(?:转|轉|分机|分機|内线|內線|;ext=|ext\.?|#|,|x)\)?)+[\s:]*(\d{1,6})\D*$",
    re.IGNORECASE,
)
TRAILING_EXTENSION = re.compile(r"^(.*\d)(?:\s*-\s*|\s+)(\d{1,6})$")
FIRST_NUMBER = re.compile(r"[+(]*\d[\d\s().-]*")
LOCAL_NUMBER = re.compile(r"[2-8]\d{6,7}")
BEGINS_LIKE_MOBILE = re.compile(r"0?1[3-9]\d{5,}")


class Kind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    HOTLINE = "hotline"
    OTHER = "other"


KINDS = {
    PhoneNumberType.MOBILE: Kind.MOBILE,
    PhoneNumberType.FIXED_LINE: Kind.LANDLINE,
    PhoneNumberType.SHARED_COST: Kind.HOTLINE,
    PhoneNumberType.TOLL_FREE: Kind.HOTLINE,
}


@dataclass(frozen=True)
class PhoneNumber:
    """A number that can be called. `raw` is what was typed, for whoever has to guess what was meant."""

    raw: str
    e164: str
    extension: str
    kind: Kind

    def __str__(self) -> str:
        return format_phone(self.e164, self.extension)


def parse_phone(raw: str, area_code: str = "") -> PhoneNumber:
    """The landline, hotline or mobile number that was typed, or a ValidationError that says what to change.

    `area_code` is that of the visitor's city and completes a local number. Of two numbers in one box the first is
    taken: the other stays readable in `raw`, and nobody is sent away for having written too much.
    """
    text = first_number(raw)
    phone = find_phone(raw, text, area_code)
    if phone is None:
        raise ValidationError(explain(text, area_code), code="invalid_phone")
    return phone


def parse_mobile(raw: str) -> PhoneNumber:
    """The mobile number that was typed, or a ValidationError that says what to change."""
    text = first_number(raw)
    phone = find_phone(raw, text, area_code="")
    if phone is None:
        raise ValidationError(explain_mobile(text), code="invalid_mobile")
    if phone.kind in (Kind.LANDLINE, Kind.HOTLINE):
        raise ValidationError(
            _("This is not a mobile number. Write one such as 138 0013 8000."),
            code="not_mobile",
        )
    return phone


def first_number(raw: str) -> str:
    """What was typed in half-width characters and one kind of dash, up to where a second number begins.

    Address books copy invisible marks along; those are dropped.
    """
    text = unicodedata.normalize("NFKC", raw)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = ALTERNATIVE.split(DASHES.sub("-", text).strip())[0]
    return OWN_COUNTRY.sub("", text)


def find_phone(raw: str, text: str, area_code: str) -> PhoneNumber | None:
    extension = ""
    if found := EXTENSION.search(text):
        text, extension = text[: found.start()], found[1]
    text = digits_and_punctuation(text)
    number = match_number(text, area_code)
    if number is None and (tail := TRAILING_EXTENSION.match(text)):
        text, extension = tail.groups()
        number = match_number(text, area_code)
        # A mobile number has no extension: these are digits too many.
        number = number if get_kind(number) != Kind.MOBILE else None
    if number is None:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return PhoneNumber(raw.strip(), e164, extension, get_kind(number))


def digits_and_punctuation(text: str) -> str:
    """The number without the words around it. libphonenumber would read letters as the digits of a telephone's keys."""
    found = FIRST_NUMBER.search(text)
    return found[0].strip() if found else ""


def match_number(text: str, area_code: str) -> phonenumbers.PhoneNumber | None:
    if area_code and LOCAL_NUMBER.fullmatch(digits_of(text)):
        text = area_code + digits_of(text)
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    # `is_possible_number` calls a mobile number with a digit too few possible.
    return number if phonenumbers.is_valid_number(number) else None


def get_kind(number: phonenumbers.PhoneNumber | None) -> Kind:
    if number is None:
        return Kind.OTHER
    return KINDS.get(phonenumbers.number_type(number), Kind.OTHER)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def explain(text: str, area_code: str) -> str:
    """What is wrong with a number that does not exist, as advice to its writer."""
    digits = digits_of(text)
    if LOCAL_NUMBER.fullmatch(digits) and not area_code:
        return _("Put the area code in front, such as 028-85550100.")
    if BEGINS_LIKE_MOBILE.fullmatch(digits):
        return explain_mobile(text)
    return explain_any(text) or _(
        "Check the number: an area code with 7 or 8 digits, such as 028-85550100, or a mobile number with 11."
    )


def explain_mobile(text: str) -> str:
    if advice := explain_any(text):
        return advice
    digits = digits_of(digits_and_punctuation(text)).removeprefix("0")
    if len(digits) == MOBILE_LENGTH:
        return _("No mobile number begins with %(prefix)s. Check the digits.") % {
            "prefix": digits[:3]
        }
    return _("A mobile number has 11 digits, this one has %(count)d.") % {
        "count": len(digits)
    }


def explain_any(text: str) -> str:
    """The advice that is the same whichever kind of number is asked for, if any of it fits."""
    digits = digits_of(text)
    if not digits:
        return _("Write the number in digits, such as 138 0013 8000 or 028-85550100.")
    if text.lstrip("( ").startswith("+"):
        return _("Check the number and the country code in front of it.")
    if len(digits) > LONGEST_NUMBER:
        return _("Write one number only.")
    if is_service_number(digits):
        return _(
            "%(number)s is a service number. Leave one on which we can reach you."
        ) % {"number": digits}
    return ""


def is_service_number(digits: str) -> bool:
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_short_number_for_region(number, REGION)


def format_phone(e164: str, extension: str = "") -> str:
    """The number as it is written in China: 138 0013 8000, 028-85550100-8012, 400-820-8820."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164)
    if number.country_code != COUNTRY_CODE:
        written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        return f"{written} ext. {extension}" if extension else written
    written = format_national(number)
    return f"{written}-{extension}" if extension else written


def format_national(number: phonenumbers.PhoneNumber) -> str:
    digits = phonenumbers.national_significant_number(number)
    match get_kind(number):
        case Kind.MOBILE:
            return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        case Kind.HOTLINE:
            return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
        case Kind.LANDLINE:
            area = phonenumbers.length_of_geographical_area_code(number)
            return f"0{digits[:area]}-{digits[area:]}"
        case _:
            return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
