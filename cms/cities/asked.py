from django.core.validators import slug_re
from django.http import HttpRequest


def read_city_slug(request: HttpRequest) -> str:
    """What `?city=` names. Nothing when it cannot be the slug of a city: PostgreSQL refuses to look for some texts."""
    slug = request.GET.get("city", "")
    return slug if slug_re.fullmatch(slug) else ""
