"""A mail server on this machine, as far as RFC 5321 is needed: remembers its mails, and refuses as told."""

import email
import socketserver
import threading
import time
from contextlib import contextmanager
from email.policy import default


class MailServer:
    """`refusals` are codes by address. It can be deaf (takes the connection, says nothing) or hang up after DATA."""

    def __init__(self, server):
        self.server = server
        self.mails = []
        self.refusals = {}
        self.is_deaf = False
        self.hangs_up = False

    @property
    def port(self):
        return self.server.server_address[1]

    def received_by(self, address):
        return [mail for recipients, mail in self.mails if address in recipients]


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        mail_server = self.server.mail_server
        if mail_server.is_deaf:
            time.sleep(3)
            return
        self.recipients = []
        self.say(220, "mail.example.test")
        for line in self.rfile:
            command, _, rest = line.decode().strip().partition(" ")
            answer = getattr(self, f"do_{command.lower()}", None)
            if answer is None:
                self.say(502, "Command not implemented")
            elif answer(mail_server, rest) is False:
                return

    def say(self, code, text):
        self.wfile.write(f"{code} {text}\r\n".encode())

    def do_ehlo(self, mail_server, rest):
        self.say(250, "mail.example.test")

    def do_mail(self, mail_server, rest):
        self.recipients = []
        self.say(250, "OK")

    do_rset = do_mail

    def do_rcpt(self, mail_server, rest):
        address = rest.partition("<")[2].partition(">")[0]
        if code := mail_server.refusals.get(address):
            self.say(code, f"<{address}> is not taken")
        else:
            self.recipients.append(address)
            self.say(250, "OK")

    def do_data(self, mail_server, rest):
        self.say(354, "Go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        if mail_server.hangs_up:
            return False
        mail = email.message_from_bytes(b"".join(lines), policy=default)
        mail_server.mails.append((self.recipients, mail))
        self.say(250, "Taken")
        return True

    def do_quit(self, mail_server, rest):
        self.say(221, "Bye")
        return False


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running_mail_server(port=0):
    server = Server(("127.0.0.1", port), Handler)
    server.mail_server = MailServer(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.mail_server
    finally:
        server.shutdown()
        server.server_close()
