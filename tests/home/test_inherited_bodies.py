"""A city's body: what its province and the country say, with its own blocks before, between or after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from home.blocks import assemble, split_sections
from home.models import ProvinceContent
from tests.factories import CityFactory, CityIndexPageFactory, CityPageFactory


def heading(text, level="h2"):
    return {"type": "heading", "value": {"text": text, "level": level}, "id": text}


def paragraph(text):
    return {"type": "paragraph", "value": text, "id": text}


def inherited(sections=None):
    return {"type": "inherited", "value": {"sections": sections}, "id": "place"}


OPENING = paragraph("全国开头")
STEPS = [heading("步骤"), paragraph("第一步"), heading("细节", "h3"), paragraph("细")]
COSTS = [heading("费用"), paragraph("按规模")]
NATIONAL = [OPENING, *STEPS, *COSTS]
OWN = paragraph("成都的话")


def test_without_blocks_of_its_own_a_level_is_what_it_inherits():
    assert assemble([], NATIONAL) == NATIONAL


def test_own_blocks_alone_replace_the_inherited_text():
    assert assemble([OWN], NATIONAL) == [OWN]


def test_own_blocks_stand_before_or_after_the_inherited_text():
    assert assemble([OWN, inherited()], NATIONAL) == [OWN, *NATIONAL]
    assert assemble([inherited(), OWN], NATIONAL) == [*NATIONAL, OWN]


def test_own_blocks_stand_between_inherited_sections():
    own = [inherited(2), OWN, inherited()]
    assert assemble(own, NATIONAL) == [OPENING, *STEPS, OWN, *COSTS]


def test_sections_that_no_place_asks_for_are_left_out():
    assert assemble([inherited(1), OWN], NATIONAL) == [OPENING, OWN]


def test_a_place_takes_no_more_than_there_is():
    assert assemble([inherited(9), inherited(), OWN], NATIONAL) == [*NATIONAL, OWN]
    assert assemble([inherited(), OWN], []) == [OWN]


def test_a_place_of_old_content_may_be_empty():
    place = {"type": "inherited", "value": None, "id": "place"}
    assert assemble([place], NATIONAL) == NATIONAL


def test_a_section_begins_at_a_section_heading_and_not_at_a_subsection():
    assert split_sections(NATIONAL) == [[OPENING], STEPS, COSTS]
    assert split_sections([]) == []


numbered = st.lists(st.sampled_from(["paragraph", "h2", "h3"]), max_size=12).map(
    lambda kinds: [
        paragraph(str(n)) if kind == "paragraph" else heading(str(n), kind)
        for n, kind in enumerate(kinds)
    ]
)
places = st.one_of(
    st.just(OWN),
    st.builds(inherited, st.none() | st.integers(min_value=1, max_value=4)),
)


@given(own=st.lists(places, max_size=6), above=numbered)
def test_every_inherited_block_appears_at_most_once_and_in_order(own, above):
    found = [block for block in assemble(own, above) if block is not OWN]
    positions = [above.index(block) for block in found]
    assert positions == sorted(set(positions))


@given(own=st.lists(places, max_size=6), above=numbered)
def test_own_blocks_all_stay_and_no_place_is_left(own, above):
    assembled = assemble(own, above)
    assert assembled.count(OWN) == own.count(OWN)
    assert not any(block["type"] == "inherited" for block in assembled)


@given(blocks=numbered)
def test_sections_put_together_are_the_text(blocks):
    assert [block for section in split_sections(blocks) for block in section] == blocks


@given(own=st.lists(places, min_size=1, max_size=6), above=numbered)
def test_a_place_without_a_number_takes_all_that_is_left(own, above):
    if any(
        block["type"] == "inherited" and not block["value"]["sections"] for block in own
    ):
        assert len(assemble(own, above)) == len(above) + own.count(OWN)


@pytest.mark.django_db
class TestOfPages:
    @pytest.fixture
    def page(self):
        index = CityIndexPageFactory(city_body=NATIONAL)
        province = CityFactory(level="province", short_name="四川")
        return CityPageFactory(parent=index, city=CityFactory(parent=province))

    def texts(self, page):
        return [
            block["id"] for block in page.inherit_text("body").value.get_prep_value()
        ]

    def province_text(self, page, body):
        return ProvinceContent.objects.create(
            province=page.city.parent, locale=Locale.get_default(), body=body
        )

    def test_three_levels_are_put_into_each_other(self, page):
        self.province_text(page, [paragraph("四川的话"), inherited()])
        page.body = [inherited(1), OWN, inherited()]
        page.save()
        expected = [
            "四川的话",
            "全国开头",
            OWN["id"],
            "步骤",
            "第一步",
            "细节",
            "细",
            "费用",
        ]
        assert self.texts(page)[:8] == expected
        assert page.inherit_text("body").origin == "city"

    def test_what_stands_above_a_page_is_told_apart_from_its_own(self, page):
        self.province_text(page, [paragraph("四川的话"), inherited()])
        page.body = [OWN]
        above = page.inherited_text("body")
        assert above.origin == "province"
        assert above.value.get_prep_value()[0]["id"] == "四川的话"
        assert len(above.value) == len(NATIONAL) + 1

    def test_the_national_text_of_a_page_keeps_its_blocks_ids(self, page):
        assert self.texts(page) == [block["id"] for block in NATIONAL]
        assert page.inherit_text("body").origin == "national"
