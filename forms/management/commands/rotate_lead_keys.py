from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from cms.encryption.rotation import encrypted_fields, rotate_model


class Command(BaseCommand):
    help = (
        "Encrypts personal data anew with the first of ENCRYPTION_KEYS. Put a new key first, restart the site, "
        "run this; then the old key can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            if not encrypted_fields(model):
                continue
            rehash = getattr(model, "get_hashes", None)
            for seen, changed in rotate_model(model, rehash):
                self.stdout.write(
                    f"{model._meta.label}: {seen} rows, {changed} encrypted anew"
                )
        self.stdout.write(
            "Everything is under the first key now: the others can be removed."
        )
