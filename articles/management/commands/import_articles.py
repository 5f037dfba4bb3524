from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from tqdm import tqdm

from articles.importers import BadFile, ImportedArticle, read_article_file
from articles.importers.files import find_files
from articles.importers.parents import NoSuchParent, find_index
from articles.importers.report import describe, describe_notes
from articles.importers.saving import Outcome, save_article
from articles.models import ArticleIndexPage

READ = pgettext_lazy("article import", "read")
FAILED = pgettext_lazy("article import", "failed")
WORDS = {
    Outcome.CREATED: pgettext_lazy("article import", "created"),
    Outcome.UPDATED: pgettext_lazy("article import", "updated"),
    Outcome.PUBLISHED: pgettext_lazy("article import", "published"),
    Outcome.UNCHANGED: pgettext_lazy("article import", "unchanged"),
    Outcome.LEFT_TO_EDITORS: pgettext_lazy(
        "article import", "left as it is because an editor has changed it"
    ),
}


class Command(BaseCommand):
    help = (
        "Import articles from saved web pages: text as copied from a browser (.txt) or HTML (.html, .htm), files or "
        "folders with everything below them. They become drafts. Importing again changes nothing; a file that has "
        "changed updates its page, unless an editor has changed the page. The headline above the title (喜报…) becomes "
        "an announcement, which visitors see only with --publish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Print what was understood and save nothing.",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish the pages and show the announcements.",
        )
        parser.add_argument(
            "--parent", help="ID or URL path of the article list to import into."
        )
        parser.add_argument(
            "--locale", help="Language of the article list, such as en."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = find_files(options["paths"])
        if not files:
            raise CommandError(_("There are no .txt, .html or .htm files."))
        self.publish = options["publish"]
        self.index = None if options["dry_run"] else self.get_index(options)
        self.read: dict[str, tuple[Path, ImportedArticle]] = {}
        self.results: Counter[str] = Counter()
        for file in tqdm(files, unit=_("file"), disable=None):
            self.import_file(file)
        self.summarise()

    def get_index(self, options: dict[str, Any]) -> ArticleIndexPage:
        try:
            return find_index(options["parent"], options["locale"])
        except NoSuchParent as error:
            raise CommandError(str(error)) from None

    def import_file(self, file: Path) -> None:
        try:
            article = read_article_file(file)
            self.refuse_other_text(file, article)
            result = self.save(article)
        except BadFile as reason:
            self.results[str(FAILED)] += 1
            self.tell(self.stderr, f"{file}: {reason}")
        else:
            self.results[result] += 1
            details = (
                describe(article) if self.index is None else describe_notes(article)
            )
            self.tell(self.stdout, f"{file}: {result}", *details)

    def tell(self, stream: OutputWrapper, *lines: str) -> None:
        with tqdm.external_write_mode():
            for line in lines:
                stream.write(line)

    def refuse_other_text(self, file: Path, article: ImportedArticle) -> None:
        """Two files of one article would overwrite each other at every import."""
        known_file, known = self.read.setdefault(article.key, (file, article))
        if not article.says_the_same_as(known):
            raise BadFile(
                _(
                    "Title, source and date are those of %(file)s, but the text is another."
                )
                % {"file": known_file}
            )

    def save(self, article: ImportedArticle) -> str:
        if self.index is None:
            return str(READ)
        saved = save_article(article, self.index, publish=self.publish)
        return str(WORDS[saved.outcome])

    def summarise(self) -> None:
        results = ", ".join(f"{word}: {n}" for word, n in self.results.items())
        self.stdout.write(results)
        if failed := self.results[str(FAILED)]:
            raise CommandError(
                ngettext(
                    "%(number)d file was not imported.",
                    "%(number)d files were not imported.",
                    failed,
                )
                % {"number": failed}
            )
