"""No answer from memory is ever stale, on SQLite; and who follows the changes has exactly what is published."""

import pytest

from tests.server.oracle.mirror import Mirror
from tests.server.oracle.oracle import Oracle


@pytest.fixture(scope="module")
def oracle(tmp_path_factory, oracle_options, prepared_sites):
    folder = tmp_path_factory.mktemp("oracle")
    variables = prepared_sites.copy("demo", folder / "data")
    with Oracle(folder, seed=oracle_options.seed, **variables) as oracle:
        yield oracle


def test_two_processes_never_answer_anything_stale(oracle, oracle_options):
    oracle.run(oracle_options.edits)
    print(oracle.report())  # noqa: T201 (pytest -s shows how many answers each edit has dropped)
    assert oracle.hits > oracle_options.edits / 10
    assert not oracle.stale


def published(oracle):
    """What the API gives of every page there is."""
    ids = [
        url.split("/")[4]
        for url in oracle.urls
        if url.startswith("/api/v1/pages/") and "by-path" not in url
    ]
    answers = {pk: oracle.get(oracle.servers[0], f"/api/v1/pages/{pk}/") for pk in ids}
    return {pk: each.json() for pk, each in answers.items() if each.status_code == 200}


def test_a_consumer_that_is_killed_and_resumed_ends_with_what_is_published(
    oracle, tmp_path
):
    def get(url):
        return oracle.get(oracle.servers[1], url)

    file = tmp_path / "mirror.json"
    Mirror(file, get).follow(most_batches=2)
    for number in range(15):
        oracle.edit(3)
        # Somebody kills it after two batches, and another one goes on from the file.
        Mirror(file, get).follow(most_batches=2 if number % 3 else 1)
    answer = oracle.edit(5)
    while not answer.get("urls"):
        answer = oracle.edit(1)
    oracle.wait_for(answer["position"])
    mirror = Mirror(file, get)
    mirror.follow()
    expected = published(oracle)
    assert mirror.pages.keys() == expected.keys()
    for pk, page in expected.items():
        assert mirror.pages[pk] == page
    from_nothing = Mirror(tmp_path / "other.json", get)
    from_nothing.follow(limit=100)
    assert from_nothing.pages == expected


def test_somebody_who_waits_is_told_of_a_change(oracle):
    mirror_cursor = ""
    more = True
    while more:
        batch = oracle.get(
            oracle.servers[0], f"/api/v1/changes/?limit=500&after={mirror_cursor}"
        ).json()
        mirror_cursor, more = batch["cursor"], batch["more"]
    oracle.editor.stdin.write("3\n")
    oracle.editor.stdin.flush()
    batch = oracle.get(
        oracle.servers[0], f"/api/v1/changes/?wait=20&after={mirror_cursor}"
    ).json()
    assert batch["items"]
    oracle.read_editor()
