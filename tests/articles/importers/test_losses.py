"""Every character of an article arrives, whatever the article is made of."""

from collections import Counter

from django.test import SimpleTestCase
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importers import BadFile, ImportedArticle
from articles.importers.losses import block_text, refuse_losses
from articles.importers.wording import squash
from tests.articles.sample_pages import HEAD, article_from_html, article_from_text

# The promise is about words, not about how busy the machine is.
unhurried = settings(deadline=None)

TITLE = "一张图看懂茶厂追溯"

words = st.text("茶厂的台账abc019。，、：？！,.:?!()（）“”<>&■●*　 %", max_size=40)
lines = st.one_of(
    words,
    words.map("■ {}".format),
    words.map("县域茶厂互查计划。{}".format),
    st.sampled_from(
        [
            "姓 名*",
            "上一篇:无",
            "下一步怎么走?",
            "作者:某",
            "喜报!茶厂获奖",
            "2024-03-05",
        ]
    ),
)
pages = st.lists(lines, max_size=12).map("\n".join)

# Each piece of HTML with the words that a reader sees in it.
leaves = words.map(lambda text: (text.replace("&", "&amp;").replace("<", "&lt;"), text))
tags = st.sampled_from(
    [
        *(
            "p",
            "div",
            "b",
            "i",
            "a",
            "span",
            "ul",
            "ol",
            "li",
            "table",
            "tr",
            "td",
            "th",
        ),
        *(
            "h2",
            "h4",
            "blockquote",
            "pre",
            "sup",
            "font",
            "center",
            "section",
            "unknown",
        ),
    ]
)


def element(tag: str, content: list[tuple[str, str]]) -> tuple[str, str]:
    inner = "".join(markup for markup, _text in content)
    return f"<{tag}>{inner}</{tag}>", "".join(text for _markup, text in content)


markup = st.recursive(
    leaves,
    lambda inner: st.builds(element, tags, st.lists(inner, max_size=4)),
    max_leaves=15,
)


def characters(*texts: str) -> Counter:
    return Counter(squash("".join(texts)))


def words_of(article: ImportedArticle) -> list[str]:
    names = (article.announcement, article.kicker, article.title, article.subtitle)
    return [*names, article.author, *map(block_text, article.body), *article.chrome]


class NothingIsLostTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(translation.override("en"))

    @unhurried
    @given(pages)
    def test_nothing_of_a_text_is_lost(self, text):
        article = article_from_text(f"{HEAD}茶厂的台账。\n{text}")
        self.assertEqual(
            characters(*words_of(article)), characters(TITLE, "茶厂的台账。", text)
        )

    @unhurried
    @given(markup)
    def test_nothing_of_an_html_page_is_lost(self, page):
        html, text = page
        article = article_from_html(f"<h1>{TITLE}</h1><p>茶厂的台账。</p>{html}")
        self.assertEqual(
            characters(*words_of(article)), characters(TITLE, "茶厂的台账。", text)
        )

    @unhurried
    @given(st.one_of(pages.map(lambda text: HEAD + text), words))
    def test_a_text_is_read_or_refused_with_a_reason(self, text):
        try:
            article_from_text(text)
        except BadFile as reason:
            self.assertNotIn("lost", str(reason))

    @unhurried
    @given(words)
    def test_a_difference_is_a_failure(self, text):
        refuse_losses(text, f" {text}\n■")
        with self.assertRaises(BadFile):
            refuse_losses(f"{text}茶", text)
