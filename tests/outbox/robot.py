"""A chat robot's server, or anybody's webhook, on this machine: answers as told and remembers what it was sent."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Robot:
    """`answers` are given in turn, the last one again and again: (status, body, seconds to wait)."""

    def __init__(self, server):
        self.server = server
        self.requests = []
        self.methods = []
        self.answers = [(200, '{"errcode": 0, "code": 0, "errmsg": "ok"}', 0)]
        self.headers = {}

    @property
    def host(self):
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self):
        return f"http://{self.host}/robot/send?key=very-secret"

    @property
    def bodies(self):
        return [json.loads(body) for _path, _headers, body in self.requests]

    def answer(self, *answers):
        self.answers = [
            (status, body if isinstance(body, str) else json.dumps(body), *rest, 0)[:3]
            for status, body, *rest in answers
        ]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        robot = self.server.robot
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # who was sending it has been killed
        robot.methods.append(self.command)
        robot.requests.append((self.path, dict(self.headers), body))
        answers = robot.answers
        status, text, seconds = answers.pop(0) if len(answers) > 1 else answers[0]
        time.sleep(seconds)
        try:
            self.send_response(status)
            for name, value in robot.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
        except OSError:
            pass  # the other side has not waited

    # What caches are asked.
    do_PURGE = do_POST
    do_BAN = do_POST

    def log_message(self, *args):
        pass


@contextmanager
def running_robot():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.robot = Robot(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.robot
    finally:
        server.shutdown()
        server.server_close()
