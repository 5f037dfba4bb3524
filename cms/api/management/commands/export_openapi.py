from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.api.api import api
from cms.api.contract import stable_json


class Command(BaseCommand):
    help = "Write the delivery API's OpenAPI document to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        path.write_text(stable_json(api.get_openapi_schema()), encoding="utf-8")
        self.stdout.write(f"Written: {path}")
