"""Numbers as people in China write them are understood; of the others it is said what to change."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.phones import Kind, format_phone, parse_mobile, parse_phone

LANDLINE = "+862885550100"
MOBILE = "+8613800138000"
HOTLINE = "+864008208820"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refusal(parse, *arguments):
    with pytest.raises(ValidationError) as caught:
        parse(*arguments)
    (message,) = caught.value.messages
    return message


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("028-85550100", LANDLINE),
        ("(028)85550100", LANDLINE),
        ("（028）８５５５０１００", LANDLINE),
        ("02885550100", LANDLINE),
        ("+86 28 8555 0100", LANDLINE),
        ("+86 028 8555 0100", LANDLINE),
        ("0086-28-85550100", LANDLINE),
        ("028—85550100", LANDLINE),
        ("电话：028-85550100", LANDLINE),
        ("13800138000", MOBILE),
        ("138-0013-8000", MOBILE),
        ("+8613800138000", MOBILE),
        ("008613800138000", MOBILE),
        ("86 13800138000", MOBILE),
        ("013800138000", MOBILE),
        ("１３８００１３８０００", MOBILE),
        ("\u202d138 0013 8000\u202c", MOBILE),
        ("13800138000（微信同号）", MOBILE),
        ("400-820-8820", HOTLINE),
        ("4008208820", HOTLINE),
        ("400-8208-820", HOTLINE),
        ("0400-820-8820", HOTLINE),
        ("800-810-8888", "+868008108888"),
        ("010-12345678", "+861012345678"),
        ("+852 2345 6789", "+85223456789"),
        ("+853 2832 3456", "+85328323456"),
        ("+886 2 2345 6789", "+886223456789"),
        *(
            (f"{segment}12345678", f"+86{segment}12345678")
            for segment in (162, 167, 192, 199)
        ),
    ],
)
def test_number_is_understood(written, e164):
    assert parse_phone(written).e164 == e164


@pytest.mark.parametrize(
    ("written", "extension"),
    [
        ("028-85550100转8012", "8012"),
        ("028-85550100 转 8012 号", "8012"),
        ("028-85550100（转）8012", "8012"),
        ("028-85550100分机8012", "8012"),
        ("028-85550100转分机：8012", "8012"),
        ("028-85550100 ext 8012", "8012"),
        ("028-85550100 (ext. 8012)", "8012"),
        ("028-85550100#8012", "8012"),
        ("028-85550100,8012", "8012"),
        ("028-85550100，8012", "8012"),
        ("028-85550100x8012", "8012"),
        ("028-85550100;ext=8012", "8012"),
        ("028-85550100-8012", "8012"),
        ("028-85550100 8012", "8012"),
        ("028-8555-0100-1", "1"),
        ("028-85550100", ""),
    ],
)
def test_extension_is_kept_apart(written, extension):
    phone = parse_phone(written)
    assert (phone.e164, phone.extension) == (LANDLINE, extension)


@pytest.mark.parametrize(
    "written", ["85550100", "8555 0100", "8555-0100", "+86 85550100"]
)
def test_local_number_belongs_to_the_city(written):
    assert parse_phone(written, area_code="028").e164 == LANDLINE


def test_local_number_with_extension_belongs_to_the_city():
    phone = parse_phone("85550100转8012", area_code="028")
    assert (phone.e164, phone.extension) == (LANDLINE, "8012")


@pytest.mark.parametrize(
    "written",
    ["028-85550100/83221101", "028-85550100、83221101", "028-85550100或13800138000"],
)
def test_first_of_two_numbers_is_taken_and_both_are_kept(written):
    phone = parse_phone(written)
    assert phone.e164 == LANDLINE
    assert phone.raw == written


def test_comma_between_two_whole_numbers_is_no_extension():
    assert parse_phone("13800138000,13900139000").e164 == MOBILE


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("13800138000", Kind.MOBILE),
        ("028-85550100", Kind.LANDLINE),
        ("400-820-8820", Kind.HOTLINE),
        ("+1 650 253 0000", Kind.OTHER),
    ],
)
def test_kind_is_told(written, kind):
    assert parse_phone(written).kind == kind


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("02885550100", "028-85550100"),
        ("02885550100转8012", "028-85550100-8012"),
        ("07558888 8888", "0755-88888888"),
        ("13800138000", "138 0013 8000"),
        ("4008208820", "400-820-8820"),
        ("+85223456789", "+852 2345 6789"),
    ],
)
def test_number_is_shown_as_it_is_written_in_china(written, shown):
    assert str(parse_phone(written)) == shown


def test_nothing_is_shown_of_no_number():
    assert format_phone("") == ""


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("85550100", "Put the area code in front, such as 028-85550100."),
        ("1380013800", "A mobile number has 11 digits, this one has 10."),
        ("138001380000", "A mobile number has 11 digits, this one has 12."),
        ("138001380OO", "A mobile number has 11 digits, this one has 9."),
        ("13800138000-1", "A mobile number has 11 digits, this one has 12."),
        ("14012345678", "No mobile number begins with 140. Check the digits."),
        ("15412345678", "No mobile number begins with 154. Check the digits."),
        ("13800138000 13900139000", "Write one number only."),
        ("10086", "10086 is a service number. Leave one on which we can reach you."),
        ("+852 1", "Check the number and the country code in front of it."),
        ("没有", "Write the number in digits, such as 138 0013 8000 or 028-85550100."),
        (
            "028-8322",
            "Check the number: an area code with 7 or 8 digits, such as 028-85550100, or a mobile number with 11.",
        ),
    ],
)
def test_refusal_says_what_to_change(written, advice):
    assert refusal(parse_phone, written) == advice


@pytest.mark.parametrize("number", ["95555", "12345", "10086", "96166", "110"])
def test_service_numbers_are_refused(number):
    assert "service number" in refusal(parse_phone, number)


def test_local_number_that_does_not_exist_in_the_city_is_refused():
    assert "Check the number" in refusal(parse_phone, "8322110", "028")


@pytest.mark.parametrize("written", ["028-85550100", "400-820-8820"])
def test_mobile_number_is_not_a_landline(written):
    assert "not a mobile number" in refusal(parse_mobile, written)


def test_mobile_number_of_a_neighbour_is_one():
    assert parse_mobile("+852 5123 4567").e164 == "+85251234567"


def test_mobile_field_counts_the_digits_of_a_local_number():
    assert "has 8" in refusal(parse_mobile, "85550100")


mobiles = st.integers(0, 99_999_999).map(lambda tail: f"138{tail:08}")
landlines = st.integers(2_000_0000, 8_999_9999).map(lambda tail: f"028-{tail}")
extensions = st.integers(1, 999_999).map(str)


@given(mobiles | landlines)
def test_what_is_shown_is_understood_again(written):
    phone = parse_phone(written)
    assert parse_phone(str(phone)).e164 == phone.e164


@given(landlines, extensions)
def test_extension_that_is_shown_is_understood_again(written, extension):
    phone = parse_phone(f"{written}转{extension}")
    again = parse_phone(str(phone))
    assert (again.e164, again.extension) == (phone.e164, extension)


@given(mobiles | landlines)
def test_full_width_characters_change_nothing(written):
    wide = "".join(chr(ord(char) + 0xFEE0) if char < "~" else char for char in written)
    assert unicodedata.normalize("NFKC", wide) == written
    assert parse_phone(wide).e164 == parse_phone(written).e164


scribble = st.text("0123456789+-() 转,#x/;=.ext٣", max_size=30)


@given(st.text(max_size=80) | scribble, st.sampled_from(["", "028", "0755"]))
def test_any_text_is_a_number_or_is_refused_with_advice(text, area_code):
    for parse in (lambda: parse_phone(text, area_code), lambda: parse_mobile(text)):
        try:
            assert parse().e164.startswith("+")
        except ValidationError as error:
            assert error.messages[0].endswith(".")
