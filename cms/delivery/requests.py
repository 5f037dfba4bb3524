"""The request that an answer for everybody is built from: only what the answer's key holds is left in it."""

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict, parse_cookie
from django.utils.functional import cached_property

from cms.delivery.collecting import current

KEPT = (
    *("SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"),
    *("HTTP_HOST", "wsgi.version", "wsgi.url_scheme", "wsgi.errors"),
    *("wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once"),
)


class NoInput:
    """The body of a GET."""

    def read(self, size: int = -1) -> bytes:
        return b""

    def readline(self, size: int = -1) -> bytes:
        return b""

    def close(self) -> None:
        pass


def shared_environ(
    environ: dict[str, Any], query: str, language: str
) -> dict[str, Any]:
    """Whatever else a client has sent is unknown to the view: it can neither be shown nor kept."""
    shared = {name: environ[name] for name in KEPT if name in environ}
    shared.update(REQUEST_METHOD="GET", QUERY_STRING=query, CONTENT_LENGTH="0")
    shared["wsgi.input"] = NoInput()
    shared["REMOTE_ADDR"] = "127.0.0.1"
    for name in trusted_headers():
        if name in environ:
            shared[name] = environ[name]
    if language:
        shared["HTTP_ACCEPT_LANGUAGE"] = language
    return shared


def trusted_headers() -> list[str]:
    """What the project has been told to believe of the proxy in front of it. All of it stands in the key."""
    names = []
    if settings.SECURE_PROXY_SSL_HEADER:
        names.append(settings.SECURE_PROXY_SSL_HEADER[0])
    if settings.USE_X_FORWARDED_HOST:
        names.append("HTTP_X_FORWARDED_HOST")
    if settings.USE_X_FORWARDED_PORT:
        names.append("HTTP_X_FORWARDED_PORT")
    return names


class Watched(dict[Any, Any]):
    """Mixed into a dictionary of what a client has sent: notes what a view asks of it."""

    def note(self, name: str | None) -> None:
        """A name that is asked for; None: all of them."""
        raise NotImplementedError

    def __getitem__(self, key: Any) -> Any:
        self.note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.note(str(key))
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        self.note(key)
        return super().get(key, default)

    def __iter__(self) -> Any:
        self.note(None)
        return super().__iter__()

    def __len__(self) -> int:
        self.note(None)
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self.note(None)
        return super().__eq__(other)

    __hash__ = None

    def keys(self) -> Any:
        self.note(None)
        return super().keys()

    def values(self) -> Any:
        self.note(None)
        return super().values()

    def items(self) -> Any:
        self.note(None)
        return super().items()


class WatchedQueryDict(Watched, QueryDict):
    """Tells the collector which parameters a view asks for."""

    # Not while it is filled.
    is_watching = False

    def note(self, name: str | None) -> None:
        collector = current() if self.is_watching else None
        if collector is not None:
            collector.use_parameter(name)

    def getlist(self, key: Any, default: Any = None) -> Any:
        self.note(key)
        return super().getlist(key, default)

    def lists(self) -> Any:
        self.note(None)
        return super().lists()

    def urlencode(self, safe: Any = None) -> str:
        self.note(None)
        return super().urlencode(safe)

    def copy(self) -> Any:
        self.note(None)
        return QueryDict(super().urlencode(), mutable=True, encoding=self.encoding)

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()

    def dict(self) -> Any:
        self.note(None)
        return super().dict()


class WatchedCookies(Watched):
    """Tells the collector which cookies a view asks for. There are none in it."""

    def note(self, name: str | None) -> None:
        if collector := current():
            collector.use_cookie(name)


class WatchedRequest(WSGIRequest):
    """A request like any other, outside of an answer for everybody."""

    @cached_property
    def GET(self) -> QueryDict:  # type: ignore[override]
        raw = self.environ.get("QUERY_STRING", "")
        # As Django reads it: the server gives latin-1 that was UTF-8.
        text = raw.encode("latin-1", "replace").decode("utf-8", "replace")
        parameters: Any = WatchedQueryDict(text, encoding=self.encoding)
        parameters.is_watching = True
        return parameters

    @cached_property
    def COOKIES(self) -> dict[str, str]:  # type: ignore[override]
        if current() is not None:
            return WatchedCookies()
        return parse_cookie(self.environ.get("HTTP_COOKIE", ""))

    def get_full_path(self, force_append_slash: bool = False) -> str:
        self.use_whole_query()
        return super().get_full_path(force_append_slash)

    def build_absolute_uri(self, location: str | None = None) -> str:
        if location is None:
            self.use_whole_query()
        return super().build_absolute_uri(location)

    def use_whole_query(self) -> None:
        if collector := current():
            collector.use_parameter(None)
