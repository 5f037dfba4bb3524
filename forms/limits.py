from django.http import HttpRequest


def is_longer_than(limit: int, request: HttpRequest) -> bool:
    """Whether the body is announced to be longer than so many bytes; it is not read to find out."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not str(length).isdecimal() or int(length) > limit
