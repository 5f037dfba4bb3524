"""What the cells of a table say about a city, and what is said about cells that are wrong."""

import pytest
from django.utils import translation

from cms.cities.models import City
from home.bulk.facts import read_facts
from home.bulk.rows import Cell, CityRow

CHENGDU = City(
    pk=1, name="成都市", short_name="成都", area_code="028", phone="028-85550100"
)


@pytest.fixture(autouse=True)
def english():
    """Advice is compared by its words."""
    with translation.override("en"):
        yield


def read(*rows):
    cells = [
        CityRow(
            number,
            Cell("成都", f"A{number}"),
            {name: Cell(text, f"B{number}") for name, text in row.items()},
        )
        for number, row in enumerate(rows, start=2)
    ]
    return read_facts(cells, {"成都": CHENGDU})


def change_to(**cells):
    changes, wrong = read(cells)
    assert wrong == []
    return {each.name: each.new for each in changes}


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("028-85550111", "028-85550111"),
        ("(028)8555 0111", "028-85550111"),
        ("85550111", "028-85550111"),  # the area code is the city's
        ("2885550111", "028-85550111"),  # a spreadsheet has dropped the zero
        ("０２８－８５５５０１１１", "028-85550111"),
        ("13800138000", "138 0013 8000"),
        ("4008208820", "400-820-8820"),
        ("028-85550111转8012", "028-85550111-8012"),
    ],
)
def test_a_phone_is_written_as_the_register_writes_it(typed, phone):
    assert change_to(phone=typed) == {"phone": phone}


def test_a_value_that_stands_there_already_is_no_change():
    assert change_to(phone="(028) 8555-0100") == {}


def test_a_change_says_what_was_there():
    changes, _wrong = read({"phone": "85550111"})
    assert (changes[0].old, changes[0].new) == ("028-85550100", "028-85550111")


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1380013800", "11"),
        ("1.38E+10", "text"),
        ("028-85550111/13800138000", "one number"),
        ("成都", "digits"),
        ("3885550111", "number"),  # no area code of 成都
    ],
)
def test_a_wrong_phone_is_named_with_its_cell_and_what_to_change(typed, advice):
    changes, (wrong,) = read({"phone": typed})
    assert changes == []
    assert (wrong.place, wrong.text) == ("B2", typed)
    assert advice in wrong.advice


@pytest.mark.parametrize(("name", "longest"), [("address", 160), ("opening_hours", 80)])
def test_a_text_that_is_too_long_is_refused(name, longest):
    assert change_to(**{name: "路" * longest}) == {name: "路" * longest}
    _changes, (wrong,) = read({name: "路" * (longest + 1)})
    assert str(longest) in wrong.advice


def test_a_wrong_cell_does_not_keep_back_its_neighbours():
    changes, wrong = read({"phone": "1", "address": "路1号"})
    assert [each.name for each in changes] == ["address"]
    assert len(wrong) == 1


def test_a_second_row_of_a_city_may_repeat_but_not_contradict():
    changes, wrong = read({"phone": "85550111"}, {"phone": "028-85550111"})
    assert (len(changes), wrong) == (1, [])
    changes, (cell,) = read({"phone": "85550111"}, {"phone": "85550112"})
    assert changes[0].new == "028-85550111"
    assert cell.place == "B3"
    assert "B2" in cell.advice


def test_rows_of_unknown_cities_change_nothing():
    row = CityRow(2, Cell("某某", "A2"), {"phone": Cell("85550111", "B2")})
    assert read_facts([row], {"成都": CHENGDU}) == ([], [])
