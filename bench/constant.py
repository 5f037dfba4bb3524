"""The limit: a WSGI application that answers 6 kB from memory and does nothing else."""

BODY = b"x" * 6_000
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Length", str(len(BODY))),
]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
