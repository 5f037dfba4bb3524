"""The organisation's telephone numbers, for readers and for machines. What visitors type, `forms.phones` reads."""

import re
import unicodedata

import phonenumbers
from django.conf import settings
from django.utils.translation import get_language
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

REGION = "CN"
COUNTRY_CODE = 86
EXTENSION = re.compile(r"\s*(?:转|轉|分机|分機|ext\.?|#)\s*", re.IGNORECASE)
# Anything else in it, a second number or words, is not ours to write anew.
NUMBER = re.compile(r"[+(]?\d[\d\s().-]*")
EXTENSION_WORDS = {"zh-hans": "转", "zh-hant": "轉"}
# Known in their own country only, and written there in groups of their own.
SERVICE_NUMBERS = {PhoneNumberType.SHARED_COST, PhoneNumberType.TOLL_FREE}


def split_extension(written: str) -> tuple[str, str]:
    """The number and the digits of its extension: 028-85550100转8012."""
    main, *extension = EXTENSION.split(written, maxsplit=1)
    return main, digits_of(extension[0]) if extension else ""


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def read_phone(main: str) -> PhoneNumber | None:
    """The number without an extension, if there can be one like it."""
    try:
        number = phonenumbers.parse(main, REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def read_dialable(main: str) -> PhoneNumber | None:
    """One that can be dialled from any country, and nothing beside it."""
    text = unicodedata.normalize("NFKC", main).strip()
    number = read_phone(text) if NUMBER.fullmatch(text) else None
    if number is None or phonenumbers.number_type(number) in SERVICE_NUMBERS:
        return None
    return number


def show_phone(written: str) -> str:
    """A number as readers of the active language write it: 028-8555 0100, abroad +86 28 8555 0100.

    400 and 800 numbers, short ones and whatever is no number stay as they were typed.
    """
    main, extension = split_extension(written)
    number = read_dialable(main)
    if number is None:
        return written
    language = get_language() or settings.LANGUAGE_CODE
    if not language.startswith("zh") or number.country_code != COUNTRY_CODE:
        shown = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    else:
        shown = write_chinese(number)
    word = EXTENSION_WORDS.get(language, " ext. ")
    return f"{shown}{word}{extension}" if extension else shown


def write_chinese(number: PhoneNumber) -> str:
    """028-8555 0100, 0816-234 5678, 138 0013 8000."""
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if phonenumbers.length_of_geographical_area_code(number):
        return national.replace(" ", "-", 1)
    return national


def dial_phone(written: str) -> str:
    """The link target that dials a number (RFC 3966).

    `028-85550100转8012` becomes `tel:+86-28-8555-0100;ext=8012`. A service number that only this country knows
    (95555) says so.
    """
    main, extension = split_extension(written)
    suffix = f";ext={extension}" if extension else ""
    if number := read_phone(main):
        return phonenumbers.format_number(number, PhoneNumberFormat.RFC3966) + suffix
    return f"tel:{digits_of(main)};phone-context=+86{suffix}"


def write_e164(written: str) -> str:
    """For machines: +862885550100. As it was typed if it has an extension or cannot be dialled from everywhere."""
    main, extension = split_extension(written)
    number = None if extension else read_dialable(main)
    if number is None:
        return written
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
