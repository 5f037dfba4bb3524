import pytest

from cms.translation.translators.opencc import convert

TAIWAN, HONG_KONG = "s2twp", "s2hk"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("头发与发展", "頭髮與發展"),
        ("皇后在后面", "皇后在後面"),
        ("软件和打印机", "軟體和印表機"),
        ("为什么", "為什麼"),
    ],
)
def test_phrases_are_those_of_taiwan(simplified, traditional):
    assert convert(simplified, TAIWAN) == traditional


def test_characters_are_those_of_hong_kong():
    assert convert("软件里面的着装", HONG_KONG) == "軟件裏面的着裝"


@pytest.mark.parametrize("configuration", [TAIWAN, HONG_KONG])
@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("他说“认‘真’做”。", "「認『真』做」。"),
        ("“<b>认证</b>”", "「<b>認證</b>」"),
        ("Don’t", "Don’t"),
    ],
)
def test_quotations_stand_in_corner_brackets(simplified, traditional, configuration):
    assert convert(simplified, configuration).endswith(traditional)


@pytest.mark.parametrize(
    "kept",
    [
        "{city}",
        "{城市}",
        "{电话}",
        "｛省份｝",
        "{{电话}}",
        " https://例子.example/资讯/?q=认证 ",
        "https://例子.example/资讯/。",
        "office@example.com",
        "&nbsp;",
        "&amp;",
        '<a id="a1">',
        "<br/>",
    ],
)
def test_what_is_no_text_stays_as_it_is(kept):
    assert convert(f"认证{kept}发展", TAIWAN) == f"認證{kept}發展"


def test_markup_is_kept_and_words_in_it_are_converted():
    html = '请<b>拨打</b>{电话}，或<a id="a1">查看资讯</a>。'
    traditional = '請<b>撥打</b>{电话}，或<a id="a1">檢視資訊</a>。'
    assert convert(html, TAIWAN) == traditional
