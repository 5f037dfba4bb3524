"""The vocabulary of page bodies.

One word per block: `QuoteBlock`, stream name `quote`, template `blocks/quote.html`, API `{"type": "quote"}`.
"""

from cms.core.blocks.body import BodyBlock
from cms.core.blocks.team import TeamBlock

__all__ = ["BodyBlock", "TeamBlock"]
