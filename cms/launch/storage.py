from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# `import … from "./search.js"` and `import("./dialog.js")`.
IMPORT = r"""(?P<matched>(?P<before>\bfrom\s+|\bimport\()["'](?P<url>\./[^"']+)["'])"""


class ModulesStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Modules of ours import each other under the names that hold their hashes, so that all are of one version.

    Django can do so, but only for the scripts of every package at once.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("core/js/*.js", ((IMPORT, '%(before)s"%(url)s"'),)),
    )


class QuicklyCompressedStaticFilesStorage(ModulesStaticFilesStorage):
    """Gzip only. Brotli at its best would keep the first start waiting for most of a minute."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)
