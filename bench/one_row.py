"""The limit: a WSGI application that reads a submission and inserts one row, with a connection kept for each thread."""

import json
import os
import sqlite3
import threading

import psycopg

URL = os.environ["LIMIT_DATABASE_URL"]
IS_SQLITE = URL.startswith("sqlite")
TABLE = "CREATE TABLE IF NOT EXISTS one_row (id {key}, body TEXT NOT NULL)"
kept = threading.local()


def connect():
    if not IS_SQLITE:
        connection = psycopg.connect(URL, autocommit=True)
        key = "BIGSERIAL PRIMARY KEY"
    else:
        path = URL.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, timeout=20, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={os.environ['SYNCHRONOUS']}")
        key = "INTEGER PRIMARY KEY"
    connection.execute(TABLE.format(key=key))
    return connection


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    answers = json.loads(body or '{"answers": {}}')["answers"]
    if not hasattr(kept, "connection"):
        kept.connection = connect()
    mark = "?" if IS_SQLITE else "%s"
    kept.connection.execute(
        f"INSERT INTO one_row (body) VALUES ({mark})", (json.dumps(answers),)
    )
    start_response("201 Created", [("Content-Type", "application/json")])
    return [b"{}"]
