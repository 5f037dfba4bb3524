"""Which edits the log tells of, and as what: each row of Wagtail's own signals, and what has none."""

from datetime import timedelta

from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from articles.models import ArticlePage
from cms.core.models import Menu, SiteSettings
from cms.delivery import invalidate
from cms.delivery.following import last_position
from cms.delivery.models import Change
from tests.delivery.caching import forget_transaction
from tests.factories import ArticlePageFactory, UserFactory, restrict, translate
from tests.pages import build_site


class LogTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_site()
        cls.article = cls.pages["article"]

    def setUp(self):
        Site.clear_site_root_paths_cache()
        self.begin()

    def begin(self):
        forget_transaction()
        self.start = last_position()

    def told(self) -> list[Change]:
        return list(Change.objects.filter(position__gt=self.start))

    def public(self) -> list[tuple[str, str]]:
        return [(each.action, each.object_id) for each in self.told() if each.is_public]

    def all_tags(self) -> set[str]:
        return {tag for change in self.told() for tag in change.tags}

    def publish(self, page, **values):
        for name, value in values.items():
            setattr(page, name, value)
        page.save_revision().publish()


class PageChangeTests(LogTestCase):
    def test_draft_edit_changes_nothing(self):
        self.article.title = "草稿"
        self.article.save_revision()
        self.assertEqual(self.told(), [])

    def assert_only_drafts(self):
        """Nobody is told, and no answer is dropped that asks for live pages."""
        # Wagtail leaves redirects from where a page has been, whoever knew it.
        told = [each for each in self.told() if "redirect" not in each.type.lower()]
        tags = {tag for change in told for tag in change.tags}
        self.assertTrue(tags)
        self.assertEqual([tag for tag in tags if not tag.startswith("draft-")], [])
        self.assertFalse(any(change.is_public for change in told))

    def test_new_draft_changes_nothing_for_who_asks_for_live_pages(self):
        ArticlePageFactory(parent=self.pages["articles"], live=False)
        self.assert_only_drafts()

    def test_publishing_an_edit(self):
        self.publish(self.article, title="新")
        [change] = self.told()
        self.assertEqual((change.action, change.is_public), ("updated", True))
        self.assertEqual(change.type, "articles.ArticlePage")
        self.assertEqual(change.locale, "zh-hans")
        self.assertEqual(change.path_before, change.path_after)
        self.assertIn(f"page-{self.article.pk}", change.tags)

    def test_editing_the_text_leaves_lists_alone(self):
        self.publish(self.article)
        self.begin()
        self.article.refresh_from_db()
        self.publish(self.article, body=[])
        self.assertFalse([tag for tag in self.all_tags() if tag.startswith("list-")])

    def test_publishing_a_draft(self):
        draft = ArticlePageFactory(parent=self.pages["articles"], live=False)
        self.publish(draft)
        self.assertEqual(self.public(), [("published", str(draft.pk))])
        self.assertIn("list-articles.articlepage", self.all_tags())

    def test_plain_save(self):
        self.article.title = "直接保存"
        self.article.save()
        self.assertEqual(self.public(), [("updated", str(self.article.pk))])

    def test_save_without_a_change(self):
        ArticlePage.objects.get(pk=self.article.pk).save()
        self.assertEqual(self.told(), [])

    def test_unpublishing_and_expiry(self):
        path = self.article.get_url_parts()[2]
        self.article.unpublish(set_expired=True)
        [change] = self.told()
        self.assertEqual(change.action, "unpublished")
        self.assertEqual((change.path_before, change.path_after), (path, ""))

    def test_deleting_a_branch_tells_of_every_page(self):
        published = self.pages["articles"].get_descendants(inclusive=True).live()
        ids = {str(pk) for pk in published.values_list("pk", flat=True)}
        self.pages["articles"].delete()
        public = self.public()
        self.assertEqual({each for _action, each in public}, ids)
        self.assertEqual({action for action, _each in public}, {"deleted"})

    def test_deleting_and_moving_a_draft_changes_nothing_for_who_asks_for_live_pages(
        self,
    ):
        draft = ArticlePageFactory(parent=self.pages["articles"], live=False)
        self.begin()
        draft.move(Page.objects.get(pk=self.pages["home"].pk), pos="last-child")
        self.assert_only_drafts()
        self.begin()
        ArticlePage.objects.get(pk=draft.pk).delete()
        self.assert_only_drafts()

    def test_slug_change_moves_the_pages_below(self):
        self.publish(self.pages["articles"], slug="messages")
        moved = {c.object_id: c for c in self.told() if c.action == "moved"}
        self.assertIn(str(self.article.pk), moved)
        change = moved[str(self.article.pk)]
        self.assertEqual(change.path_before, "/news/good-news/")
        self.assertEqual(change.path_after, "/messages/good-news/")

    def test_move_moves_the_pages_below(self):
        self.pages["articles"].move(self.pages["cities"], pos="last-child")
        moved = {c.object_id: c for c in self.told() if c.action == "moved"}
        self.assertEqual(
            moved[str(self.article.pk)].path_after, "/cities/news/good-news/"
        )

    def test_alias_follows_its_page(self):
        alias = self.article.create_alias(update_slug="alias")
        self.assertIn(("published", str(alias.pk)), self.public())
        self.begin()
        self.publish(self.article, title="新")
        self.assertIn(("updated", str(alias.pk)), self.public())

    def test_copy(self):
        copy = self.article.copy(update_attrs={"slug": "copy"}, keep_live=True)
        self.assertIn(("published", str(copy.pk)), self.public())

    def test_translation(self):
        home = translate(self.pages["home"], "en")
        self.assertIn(("published", str(home.pk)), self.public())
        change = Change.objects.get(object_id=str(home.pk), type="home.HomePage")
        self.assertEqual((change.locale, change.path_after), ("en", "/en/"))

    def test_many_to_many_change_is_one_of_its_page(self):
        self.article.cities.set([])
        self.article.save_revision().publish()
        self.assertEqual(self.public(), [("updated", str(self.article.pk))])
        tag = f"list-articles.articlepage_cities.articlepage_id={self.article.pk}"
        self.assertIn(tag, self.all_tags())

    def test_scheduled_publication(self):
        draft = ArticlePageFactory(parent=self.pages["articles"], live=False)
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        draft.save_revision().publish()
        self.assertEqual(self.public(), [])
        draft.go_live_at = None
        draft.save_revision().publish()
        self.assertEqual(self.public(), [("published", str(draft.pk))])

    def test_bulk_update_that_fires_no_signal(self):
        ArticlePage.objects.update(author="编辑部")
        ids = {each for _action, each in self.public()}
        articles = ArticlePage.objects.live()
        self.assertEqual(ids, {str(pk) for pk in articles.values_list("pk", flat=True)})

    def test_two_edits_in_one_transaction_are_one_change(self):
        with transaction.atomic():
            ArticlePage.objects.filter(pk=self.article.pk).update(author="甲")
            ArticlePage.objects.filter(pk=self.article.pk).update(subtitle="乙")
        self.assertEqual(len(self.told()), 1)

    def test_what_is_rolled_back_is_not_told(self):
        with transaction.atomic():
            try:
                with transaction.atomic():
                    ArticlePage.objects.update(author="甲")
                    raise ValueError
            except ValueError:
                pass
            ArticlePage.objects.filter(pk=self.article.pk).update(author="乙")
        self.assertEqual(self.public(), [("updated", str(self.article.pk))])


class RestrictionChangeTests(LogTestCase):
    def test_restriction_withdraws_what_is_below_and_gives_it_back(self):
        restriction = restrict(self.pages["articles"])
        self.assertIn(("unpublished", str(self.article.pk)), self.public())
        self.begin()
        restriction.delete()
        self.assertIn(("published", str(self.article.pk)), self.public())

    def test_edits_of_restricted_pages_are_not_public(self):
        restrict(self.pages["articles"])
        self.begin()
        self.publish(self.article, title="内部")
        self.assertEqual(self.public(), [])
        self.assertTrue(self.told())

    def test_moving_into_a_restricted_branch_withdraws(self):
        restrict(self.pages["cities"])
        self.begin()
        self.pages["articles"].move(self.pages["cities"], pos="last-child")
        self.assertIn(("unpublished", str(self.article.pk)), self.public())


class SurroundingsChangeTests(LogTestCase):
    def assert_told(self, tag):
        self.assertIn(tag, self.all_tags())

    def test_settings(self):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.organisation = "新"
        settings.save()
        self.assert_told(f"core.sitesettings-{settings.pk}")

    def test_site(self):
        site = Site.objects.get()
        site.port = 8080
        site.save()
        self.assert_told(f"site-{site.pk}")

    def test_menu(self):
        menu = Menu.objects.first()
        menu.items = []
        menu.save()
        self.assert_told(f"core.menu-{menu.pk}")

    def test_redirect(self):
        Redirect.objects.create(old_path="/old", redirect_page=self.article)
        self.assert_told("list-wagtailredirects.redirect")

    def test_city(self):
        city = self.pages["city"].city
        city.phone = "028-12345678"
        city.save()
        self.assert_told(f"cities.city-{city.pk}")

    def test_category(self):
        category = self.article.category
        category.name = "新"
        category.save()
        self.assert_told(f"articles.articlecategory-{category.pk}")

    def test_image_and_its_file(self):
        image = self.article.cover_image
        image.file.name = "original_images/other.jpg"
        image.save()
        self.assert_told(f"image-{image.pk}")

    def test_locale(self):
        Locale.objects.create(language_code="en")
        self.assert_told("list-wagtailcore.locale")

    def test_tag(self):
        tag = self.article.tags.first()
        tag.name = "新"
        tag.save()
        self.assert_told(f"taggit.tag-{tag.pk}")

    def test_people_are_never_told_of(self):
        user = UserFactory()
        user.first_name = "某"
        user.save()
        self.assertEqual(self.public(), [])


class InvalidationTests(LogTestCase):
    def test_tags_by_hand(self):
        invalidate("page-1", "weather")
        self.assertEqual(self.all_tags(), {"page-1", "weather"})
        self.assertEqual(self.public(), [])

    def test_a_model_and_an_instance(self):
        invalidate(ArticlePage)
        self.assertIn("all-articles.articlepage", self.all_tags())
        invalidate(self.article)
        self.assertIn(f"page-{self.article.pk}", self.all_tags())

    def test_everything(self):
        invalidate()
        self.assertEqual(self.all_tags(), {"everything"})
