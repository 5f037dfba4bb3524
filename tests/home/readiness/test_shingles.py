"""What texts say apart from what is only put in."""

from hypothesis import given
from hypothesis import strategies as st

from home.readiness.shingles import SIZE, PlaceNames, shingles_of, steps_of

NAMES = PlaceNames(
    [
        ("成都市", "成都"),
        ("成都", "成都"),
        ("马鞍山", "马鞍山"),
        ("鞍山", "鞍山"),
        ("Ma'anshan", "马鞍山"),
        ("Chengdu", "成都"),
        ("四川", "四川"),
    ]
)
steps = st.lists(st.sampled_from([*"成都市鞍山质量", "iso", "9001"]), max_size=40)


def said(text):
    return NAMES.left_out(steps_of(text))


def test_width_case_punctuation_and_tags_make_no_difference():
    assert steps_of("<p>ＩＳＯ ９００１，质量 <b>管理</b>！</p>") == steps_of(
        "iso 9001质量管理"
    )


def test_entities_are_read_as_characters():
    assert steps_of("A&amp;B&nbsp;质量") == ["a", "b", "质", "量"]


def test_digits_are_kept():
    assert steps_of("GB/T 19001-2016") == ["gb", "t", "19001", "2016"]


def test_words_in_latin_letters_are_one_step():
    assert steps_of("Quality management") == ["quality", "management"]


def test_names_of_places_say_nothing():
    assert said("四川成都质量认证") == said("质量认证")
    assert said("Quality in Chengdu") == said("Quality in Ma'anshan")


def test_placeholders_say_no_more_than_the_names_they_stand_for():
    for text in (
        "{city}质量",
        "{城市}质量",
        "｛city｝质量",
        "{city}市质量",
        "成都市质量",
    ):
        assert said(text) == ["质", "量"], text


def test_phones_say_nothing_and_dates_and_standards_do():
    assert said("电话028-83221100-8012咨询") == said("电话13800138000咨询")
    assert said("电话{phone}咨询") == said("电话400-820-8820咨询")
    assert "19001" in said("GB/T 19001-2016")
    assert said("2024-05-06") == ["2024", "05", "06"]


def test_the_longest_name_is_found():
    assert NAMES.find(steps_of("马鞍山与成都市、鞍山")) == ["马鞍山", "成都", "鞍山"]


def test_a_place_named_by_one_step_is_found_beside_longer_ones():
    names = PlaceNames([("York", "y"), ("York Shire", "s")])
    assert names.find(steps_of("York, York Shire")) == ["y", "s"]


def test_shingles_are_the_same_in_every_process():
    """Python's own hash would be another at every start."""
    assert list(shingles_of(steps_of("质量管理体系认证"))) == [
        *list(shingles_of(steps_of("质量管理体系认证")))
    ]
    assert shingles_of(["质"])[0] == ord("质")


def test_a_short_text_is_one_shingle_and_an_empty_one_none():
    assert len(shingles_of(steps_of("质量"))) == 1
    assert len(shingles_of(steps_of("！"))) == 0


@given(steps)
def test_shingles_are_those_of_every_run(text):
    runs = {tuple(text[at : at + SIZE]) for at in range(max(1, len(text) - SIZE + 1))}
    assert len(shingles_of(text)) == len(runs - {()})


@given(steps, steps, steps)
def test_what_stands_around_changes_no_run(before, run, after):
    """A rolling hash must forget what it has left behind."""
    inner = set(shingles_of(run)) if len(run) >= SIZE else set()
    assert inner <= set(shingles_of([*before, *run, *after]))


@given(steps)
def test_shingles_come_in_ascending_order(text):
    found = list(shingles_of(text))
    assert found == sorted(set(found))


@given(steps)
def test_leaving_names_out_keeps_the_rest_in_order(text):
    kept = iter(text)
    assert all(step in kept for step in NAMES.left_out(text))


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    shingles_of(NAMES.left_out(steps_of(text)))
