import pytest

from forms.privacy.masking import mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳修远", "欧***"),
        ("张", "张*"),
        ("", ""),
        ("Zhang", "Z****"),
    ],
)
def test_of_a_name_the_first_character_is_shown(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+8613800138000", "138****8000"),
        ("+862885550100", "288***0100"),
        ("+864002000028", "400***0028"),
        ("+8612345678", "********"),
        ("+14155550123", "+14*****0123"),
        ("", ""),
    ],
)
def test_of_a_number_three_and_four_digits_are_shown(number, masked):
    assert mask_phone(number) == masked
