from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """The address that a request comes from, or None where it cannot be read.

    Behind a trusted proxy it is the last that the proxy has added to `X-Forwarded-For`: those before it are whatever
    the visitor wrote. Never log or store it.
    """
    written = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        written = forwarded.rpartition(",")[2].strip() or written
    try:
        address = ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
