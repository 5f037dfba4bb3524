"""The vocabulary of page bodies.

One word per block: `QuoteBlock`, stream name `quote`, template `blocks/quote.html`, API `{"type": "quote"}`.
"""

from cms.core.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
