from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "cms.encryption"

    def ready(self) -> None:
        from cms.encryption import checks  # noqa: F401 (registers them)
