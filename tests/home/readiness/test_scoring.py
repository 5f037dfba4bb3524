"""From evidence to points, and to the words for them."""

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from home.readiness.advice import explain
from home.readiness.scoring import CRITERIA, Evidence, score_criteria, total

NOTHING = Evidence(phone=0, address=0, people=0, articles=0, blocks=0, share=0.0)
EVERYTHING = Evidence(phone=1, address=1, people=9, articles=9, blocks=9, share=1.0)
THRESHOLD = 60

evidence = st.builds(
    Evidence,
    phone=st.integers(0, 1),
    address=st.integers(0, 1),
    people=st.integers(0, 20),
    articles=st.integers(0, 500),
    blocks=st.integers(0, 50),
    share=st.floats(0, 1),
)


def score(evidence):
    return total(score_criteria(evidence))


def test_there_are_a_hundred_points():
    assert sum(criterion.points for criterion in CRITERIA.values()) == 100
    assert score(EVERYTHING) == 100
    assert score(NOTHING) == 0


def test_without_text_of_its_own_no_page_is_ready():
    assert score(Evidence(1, 1, 9, 9, 9, share=0.0)) < THRESHOLD


def test_phone_address_and_own_text_make_a_page_ready():
    assert score(Evidence(1, 1, 0, 0, 0, share=0.6)) >= THRESHOLD


def test_own_text_in_blocks_of_its_own_makes_a_page_ready():
    assert score(Evidence(0, 0, 0, 0, 3, share=0.6)) >= THRESHOLD


def test_the_last_point_is_given_for_the_whole():
    almost = {
        each["code"]: each for each in score_criteria(Evidence(0, 0, 0, 0, 0, 0.5999))
    }
    assert almost["share"]["points"] == 44


@given(evidence)
def test_points_stay_within_their_criterion(evidence):
    for criterion in score_criteria(evidence):
        assert 0 <= criterion["points"] <= criterion["max"]


@given(evidence, evidence)
def test_more_of_everything_is_never_worth_less(one, other):
    more = Evidence(*map(max, vars(one).values(), vars(other).values()))
    assert score(more) >= max(score(one), score(other))


def test_what_is_missing_is_said_and_what_is_there_is_not():
    with translation.override("en"):
        lines = explain(score_criteria(Evidence(1, 0, 0, 4, 1, share=0.123)))
    said = {line.label: line.advice for line in lines}
    assert said["Own phone"] == ""
    assert "address" in said["Own address"]
    assert said["Local articles"] == "Publish 1 more article about this city."
    assert said["Local blocks"].startswith("Add 2 more blocks")
    assert said["Share of own text"].startswith("12 % of the text")


def test_nothing_is_left_to_say_about_a_complete_page():
    assert [line for line in explain(score_criteria(EVERYTHING)) if line.advice] == []


def test_criteria_of_another_version_are_passed_over():
    assert (
        explain([{"code": "formerly", "points": 1, "max": 2, "found": 1, "enough": 2}])
        == []
    )
