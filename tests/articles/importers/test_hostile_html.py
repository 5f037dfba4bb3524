"""Whatever stands in a file, nothing in it can run in a visitor's or an editor's browser."""

import json
from html.parser import HTMLParser

from django.test import SimpleTestCase

from articles.importers import BadFile, ImportedArticle
from tests.articles.sample_pages import article_from_html, article_from_text

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=`alert(1)`>",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src='javascript:alert(1)'></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='&#106;&#97;vascript&colon;alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='https://example.com/\" onmouseover=\"alert(1)'>x</a>",
    "<a href=\"https://example.com/'onclick='alert(1)\">x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a linktype='page' id='1'>x</a><embed embedtype='image' id='1' format='left' alt='\"><script>'/>",
    "<b onclick=alert(1) style='background:url(javascript:alert(1))'>x</b>",
    "<p style='width: expression(alert(1))'>x</p>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css><base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input autofocus onfocus=alert(1)><details open ontoggle=alert(1)>x</details>",
    "<table background='javascript:alert(1)'><tr><td onclick=alert(1)>x<td>y<tr><td>z<td><script>1</script></table>",
    "<ul><li onclick=alert(1)><a href='javascript:alert(1)'>x</a></ul>",
    "<blockquote cite='javascript:alert(1)' onclick=alert(1)>x</blockquote>",
    "<h2 onclick=alert(1)>x<script>alert(1)</script></h2>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script><xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
]  # fmt: skip
ALLOWED = {"p", "ul", "ol", "li", "a", "b", "i", "sup"}


class Inspector(HTMLParser):
    """Collects every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


class HostileHtmlTests(SimpleTestCase):
    def assert_harmless(self, article: ImportedArticle):
        for kind, value in article.body:
            if kind != "paragraph":
                continue  # Plain text: templates escape it.
            seen = Inspector(value)
            self.assertLessEqual(seen.tags, ALLOWED, value)
            for name, address in seen.attributes:
                self.assertEqual(name, "href", value)
                self.assertRegex(address, r"^(https?://\w|mailto:|tel:)")

    def test_no_payload_survives_in_html(self):
        for payload in PAYLOADS:
            for place in (
                "{}",
                "<p>茶厂的台账。{}</p>",
                "<ul><li>{}</li></ul>",
                "<div>■ 茶{}</div>",
            ):
                with self.subTest(payload, place=place):
                    page = f"<h1>茶厂的一天</h1><p>正文。</p>{place.format(payload)}<p>结尾。</p>"
                    self.assert_harmless(article_from_html(page))

    def test_no_payload_survives_in_text(self):
        for payload in PAYLOADS:
            with self.subTest(payload):
                self.assert_harmless(
                    article_from_text(f"茶厂的一天\n茶厂的台账。\n{payload}\n结尾。")
                )

    def test_plain_fields_carry_no_markup(self):
        for payload in PAYLOADS[:-2]:  # the last two are text that talks about markup
            page = f"<h1>茶厂{payload}</h1><h2>小节{payload}</h2><p>正文。</p>"
            with self.subTest(payload):
                try:
                    article = article_from_html(page)
                except BadFile:
                    continue
                words = json.dumps(
                    [article.title, [v for k, v in article.body if k == "heading"]]
                )
                for trace in ("<", "onerror", "javascript"):
                    self.assertNotIn(trace, words)

    def test_words_that_talk_about_markup_stay_words(self):
        article = article_from_html(
            "<h1>茶厂的一天</h1><p>写成&lt;script&gt;也只是字。</p>"
        )
        self.assertEqual(
            article.body, (("paragraph", "<p>写成&lt;script&gt;也只是字。</p>"),)
        )

    def test_hidden_words_are_left_out(self):
        for attribute in (
            "hidden",
            "style='display:none'",
            "style='color:red;DISPLAY: NONE'",
        ):
            with self.subTest(attribute):
                article = article_from_html(
                    f"<h1>茶厂的一天</h1><p>正文。</p><div {attribute}><a href='https://spam.example/'>代办</a></div>"
                )
                self.assertEqual(article.body, (("paragraph", "<p>正文。</p>"),))

    def test_control_characters_that_play_tricks_on_a_terminal_are_removed(self):
        article = article_from_text("茶厂\x1b[31m的一天\n正文\x07在此。")
        self.assertEqual(article.title, "茶厂[31m的一天")
        self.assertEqual(article.body, (("paragraph", "<p>正文在此。</p>"),))
