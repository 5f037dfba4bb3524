"""Programs that read pages and are no readers."""

from functools import lru_cache

from crawleruseragents import is_crawler


@lru_cache(maxsize=4096)
def is_robot(user_agent: str) -> bool:
    """Whether it says so itself, or says nothing. Thousands of patterns: what was asked before is remembered."""
    return not user_agent or is_crawler(user_agent)
