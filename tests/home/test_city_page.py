"""The landing page of a city: what is its own, what it inherits, and what it tells visitors and machines."""

import json

from django.test import TestCase
from wagtail.models import Site
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)

from cms.cities.models import City
from cms.core.blocks import BodyBlock
from cms.core.models import SiteSettings
from home.blocks import LocalBodyBlock
from home.models import CityPage, ProvinceContent
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    UserFactory,
)
from tests.pages import parse


def stream(block, *children):
    return block.to_python(block.get_prep_value(block.normalize(list(children))))


def heading(text):
    return ("heading", {"text": text, "level": "h2", "anchor": ""})


NATIONAL_BODY = [
    heading("服务范围"),
    ("paragraph", "<p>{city}的企业可以预约，电话 {phone}。</p>"),
    heading("常见问题"),
    ("faq", {"items": [{"question": "{城市}多久拿证？", "answer": "<p>三个月</p>"}]}),
]


class CityPageTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.settings = SiteSettings.for_site(Site.objects.get())
        cls.settings.organisation = "衡序"
        cls.settings.service_phone = "400-200-0028"
        cls.settings.head_office_address = "砚池路 66 号"
        cls.settings.quick_form = FormPageFactory().page_ptr
        cls.settings.save()
        cls.sichuan = CityFactory(
            level=City.Level.PROVINCE,
            name="四川省",
            short_name="四川",
            slug="sichuan",
            code="510000",
        )
        cls.chengdu = CityFactory(
            short_name="成都", slug="chengdu", code="510100", parent=cls.sichuan
        )
        cls.index = CityIndexPageFactory(
            slug="cities",
            city_seo_title="{city}认证咨询",
            city_intro="{province}企业的认证顾问",
            city_body=stream(BodyBlock(), *NATIONAL_BODY),
        )

    def city_page(self, **fields) -> CityPage:
        fields = {"title": "{city}认证服务", **fields}
        return CityPageFactory(parent=self.index, city=self.chengdu, **fields)

    def read(self, page):
        response = self.client.get(page.url)
        self.assertEqual(response.status_code, 200)
        return parse(response)

    def headings(self, page) -> list[str]:
        return [each.get_text() for each in self.read(page).select(".body h2")]


class InheritedTextTests(CityPageTestCase):
    def test_a_page_without_texts_shows_the_national_ones_with_its_city_in_them(self):
        soup = self.read(self.city_page())
        self.assertEqual(soup.h1.get_text(), "成都认证服务")
        self.assertEqual(soup.title.get_text(), "成都认证咨询 - 衡序")
        self.assertIn("四川企业的认证顾问", soup.select_one(".hero__lead").get_text())
        body = soup.select_one(".body").get_text()
        self.assertIn("成都的企业可以预约，电话 400-200-0028。", body)
        self.assertIn("成都多久拿证？", body)

    def test_a_provinces_text_comes_before_the_national_one(self):
        ProvinceContent.objects.create(
            province=self.sichuan,
            locale=self.index.locale,
            seo_title="{province}{city}",
            body=stream(LocalBodyBlock(), heading("川内须知")),
        )
        page = self.city_page()
        self.assertEqual(self.read(page).title.get_text(), "四川成都 - 衡序")
        self.assertEqual(self.headings(page), ["川内须知"])
        self.assertEqual(page.inherit_text("body").origin, "province")
        self.assertEqual(page.inherit_text("intro").origin, "national")

    def test_own_text_takes_the_place_of_what_would_be_inherited(self):
        page = self.city_page(
            seo_title="自己的", body=stream(LocalBodyBlock(), heading("本地"))
        )
        self.assertEqual(self.read(page).title.get_text(), "自己的 - 衡序")
        self.assertEqual(self.headings(page), ["本地"])

    def test_local_blocks_stand_before_between_and_after_the_inherited_sections(self):
        own = stream(
            LocalBodyBlock(),
            heading("之前"),
            ("inherited", {"sections": 1}),
            heading("之间"),
            ("inherited", {"sections": None}),
            heading("之后"),
        )
        expected = ["之前", "服务范围", "之间", "常见问题", "之后"]
        self.assertEqual(self.headings(self.city_page(body=own)), expected)

    def test_a_city_may_have_one_page_in_a_list(self):
        self.city_page()
        form_class = CityPage.get_edit_handler().get_form_class()
        form = form_class(
            nested_form_data(
                {
                    "title": "成都",
                    "slug": "again",
                    "city": self.chengdu.pk,
                    "body": streamfield([]),
                    "comments": inline_formset([]),
                }
            ),
            instance=CityPage(locale=self.index.locale),
            parent_page=self.index,
        )
        form.is_valid()
        self.assertIn("city", form.errors)

    def test_a_page_is_not_copied_into_its_own_list(self):
        page = self.city_page()
        self.client.force_login(UserFactory(is_superuser=True))
        copy = {
            "new_title": "成都",
            "new_slug": "again",
            "new_parent_page": self.index.pk,
        }
        response = self.client.post(f"/admin/pages/{page.pk}/copy/", copy)
        self.assertRedirects(
            response,
            f"/admin/pages/{self.index.pk}/",
            fetch_redirect_response=False,
        )
        self.assertEqual(CityPage.objects.count(), 1)
        other = CityIndexPageFactory(slug="other")
        copy["new_parent_page"] = other.pk
        self.client.post(f"/admin/pages/{page.pk}/copy/", copy)
        self.assertEqual(CityPage.objects.child_of(other).count(), 1)


class NationalPhoneTests(CityPageTestCase):
    def test_a_change_is_seen_on_every_inheriting_city_and_on_no_overriding_one(self):
        own = CityFactory(slug="mianyang", phone="0816-12340816", parent=self.sichuan)
        overriding = CityPageFactory(parent=self.index, city=own)
        inheriting = self.city_page()
        self.settings.service_phone = "400-999-0000"
        self.settings.save()
        for page, phone in (
            (inheriting, "400-999-0000"),
            (overriding, "0816-12340816"),
        ):
            card = self.read(page).select_one(".contact-card")
            self.assertIn(phone, card.get_text())
            body = self.read(page).select_one(".body").get_text()
            self.assertIn(f"电话 {phone}。", body)


class ContactCardTests(CityPageTestCase):
    def test_an_inherited_address_says_whose_it_is(self):
        card = self.read(self.city_page()).select_one(".contact-card")
        self.assertEqual(len(card.select(".facts__origin")), 1)
        self.assertIn("砚池路 66 号", card.get_text())

    def test_an_own_address_is_linked_to_a_map_that_loads_nothing_here(self):
        self.chengdu.address = "锦江区 1 号"
        self.chengdu.save()
        soup = self.read(self.city_page())
        link = soup.select_one(".facts__map")
        self.assertTrue(link["href"].startswith("https://uri.amap.com/search?"))
        self.assertIn("city=510100", link["href"])
        self.assertEqual(soup.select(".facts__origin"), [])
        sources = [script.get("src", "") for script in soup.find_all("script")]
        self.assertFalse([source for source in sources if "amap" in source])

    def test_the_service_radius_is_told_where_one_is_known(self):
        page = self.city_page()
        self.assertNotIn("公里", self.read(page).select_one(".contact-card").get_text())
        City.objects.filter(pk=self.sichuan.pk).update(service_radius=120)
        card = self.read(page).select_one(".contact-card").get_text()
        self.assertIn("120 公里", card)

    def test_the_team_is_the_citys_own_or_the_nations(self):
        person = {"type": "person", "value": {"name": "周敏", "role": "顾问"}}
        self.settings.team = [person]
        self.settings.save()
        page = self.city_page()
        self.assertIn("周敏", self.read(page).select_one(".team").get_text())
        local = {"type": "person", "value": {"name": "罗军", "role": "负责人"}}
        self.chengdu.team = [local]
        self.chengdu.save()
        team = self.read(page).select_one(".team").get_text()
        self.assertIn("罗军", team)
        self.assertNotIn("周敏", team)

    def test_the_quick_form_knows_the_city(self):
        form = self.read(self.city_page()).select_one(".quick-form")
        self.assertEqual(form.select_one("[name=_city]")["value"], "chengdu")


class LocalBusinessTests(CityPageTestCase):
    def linked_data(self):
        soup = self.read(self.city_page())
        scripts = soup.find_all("script", type="application/ld+json")
        return [json.loads(script.string) for script in scripts]

    def test_a_city_without_values_of_its_own_is_no_business(self):
        self.assertEqual(self.linked_data(), [])

    def test_the_branch_has_its_own_phone_and_address(self):
        City.objects.filter(pk=self.chengdu.pk).update(
            phone="028-12340028", service_radius=60, latitude="30.5", longitude="104.1"
        )
        (business,) = self.linked_data()
        self.assertEqual(business["@type"], "LocalBusiness")
        self.assertEqual(business["telephone"], "+862812340028")
        self.assertEqual(business["address"]["addressLocality"], "成都市")
        self.assertNotIn("streetAddress", business["address"])
        self.assertEqual(business["areaServed"]["geoRadius"], 60_000)
        self.assertEqual(business["parentOrganization"]["telephone"], "400-200-0028")

    def test_what_editors_type_cannot_end_the_script(self):
        City.objects.filter(pk=self.chengdu.pk).update(
            phone="028-12340028", address="</script><script>alert(1)</script>"
        )
        (business,) = self.linked_data()
        street = business["address"]["streetAddress"]
        self.assertEqual(street, "</script><script>alert(1)</script>")


class LocalArticlesTests(CityPageTestCase):
    def test_local_articles_come_first_then_those_of_the_province_and_the_nation(self):
        articles = ArticleIndexPageFactory(slug="news")
        made = {}
        for name, places in (("local", [self.chengdu]), ("province", [self.sichuan])):
            made[name] = ArticlePageFactory(parent=articles, title=name)
            made[name].cities = places
            made[name].save()
        ArticlePageFactory(parent=articles, title="national")
        soup = self.read(self.city_page())
        titles = [link.get_text() for link in soup.select(".card__link")]
        self.assertEqual(titles, ["local", "province", "national"])
        more = soup.select_one(".section .more-link")["href"]
        self.assertEqual(more, "/news/?city=chengdu")

    def test_a_list_in_the_body_shows_what_the_citys_visitors_are_shown(self):
        articles = ArticleIndexPageFactory(slug="news")
        elsewhere = ArticlePageFactory(parent=articles, title="elsewhere")
        elsewhere.cities = [CityFactory()]
        elsewhere.save()
        excepted = ArticlePageFactory(parent=articles, title="excepted")
        excepted.excluded_cities = [self.chengdu]
        excepted.save()
        ArticlePageFactory(parent=articles, title="national")
        block = ("article_list", {"title": "", "category": None, "count": 5})
        page = self.city_page(body=stream(LocalBodyBlock(), block))
        titles = self.read(page).select(".article-list .card__link")
        self.assertEqual([title.get_text() for title in titles], ["national"])


class SearchEngineTests(CityPageTestCase):
    def test_a_page_whose_readiness_nobody_has_computed_is_not_listed(self):
        page = self.city_page()
        page.readiness.delete() if hasattr(page, "readiness") else None
        robots = self.read(page).find("meta", attrs={"name": "robots"})
        self.assertEqual(robots["content"], "noindex,follow")

    def test_an_unknown_city_path_is_not_found(self):
        self.assertEqual(self.client.get("/cities/atlantis/").status_code, 404)
