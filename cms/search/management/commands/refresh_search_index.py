from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.search.models import BuiltIndex
from cms.search.segments import CUTTING


class Command(BaseCommand):
    help = (
        "Build the search index anew if texts are cut in another way than when it was built. "
        "Does nothing at other times: what changes is indexed by itself. Safe to interrupt and to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        built = BuiltIndex.objects.last()
        if built and built.cutting == CUTTING:
            self.stdout.write("up to date")
            return
        call_command("update_index", stdout=StringIO())
        BuiltIndex.objects.create(cutting=CUTTING)
        self.stdout.write("built anew")
