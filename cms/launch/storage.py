from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuicklyCompressedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Gzip only. Brotli at its best would keep the first start waiting for most of a minute."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)
