import socket
from contextlib import closing

from django.test import SimpleTestCase

from cms.launch.errors import LaunchError
from cms.launch.preflight import address_of, check_port
from cms.settings.database import parse_database_url


class PortTests(SimpleTestCase):
    def test_free_port_passes(self):
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            port = server.getsockname()[1]
        check_port("127.0.0.1", port)

    def test_port_in_use_is_named(self):
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            port = server.getsockname()[1]
            with self.assertRaisesMessage(LaunchError, f"Port {port} is in use"):
                check_port("127.0.0.1", port)

    def test_address_of_another_machine_is_refused(self):
        with self.assertRaisesMessage(LaunchError, "HOST=192.0.2.1"):
            check_port("192.0.2.1", 8000)


class DatabaseAddressTests(SimpleTestCase):
    def test_holds_no_password(self):
        database = parse_database_url("postgres://editor:secret@db:5433/site")
        self.assertEqual(address_of(database), "site at db:5433")

    def test_sqlite_is_a_file(self):
        database = parse_database_url("sqlite:////data/db.sqlite3")
        self.assertEqual(address_of(database), "/data/db.sqlite3")
