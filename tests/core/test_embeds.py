import pytest
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from cms.core.embeds import PLAYER_HOSTS, player_url


@pytest.mark.parametrize(
    ("page", "player"),
    [
        (
            "https://www.bilibili.com/video/BV1xx411c7mD/",
            "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=0",
        ),
        (
            "https://v.qq.com/x/page/a0001abcdef.html",
            "https://v.qq.com/txp/iframe/player.html?vid=a0001abcdef",
        ),
        (
            "https://v.youku.com/v_show/id_XNDA0MDg2NzU=.html",
            "https://player.youku.com/embed/XNDA0MDg2NzU%3D",
        ),
    ],
)
def test_known_video_pages_have_a_player_that_the_policy_allows(page, player):
    assert player_url(page) == player
    assert player.startswith(PLAYER_HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://evil.test/?https://www.bilibili.com/video/BV1xx411c7mD",
        "javascript:alert(1)",
        "http://www.bilibili.com/video/BV1xx411c7mD",
    ],
)
def test_other_addresses_have_none(address):
    assert player_url(address) is None


@pytest.mark.django_db
def test_an_embed_is_made_without_asking_the_provider():
    """The network is closed in the tests: a look-up would fail."""
    embed = get_embed("https://www.bilibili.com/video/BV1xx411c7mD/")
    assert embed.type == "video"


@pytest.mark.django_db
def test_an_unknown_provider_is_refused_when_the_editor_saves():
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
