"""A job of many objects leaves others their turn to write to SQLite, which has one writer at a time."""

from unittest import mock

from django.db import connection

from cms.translation import jobs


def is_pausing(*, in_transaction: bool) -> bool:
    with (
        mock.patch.object(connection, "in_atomic_block", in_transaction),
        mock.patch("time.sleep") as sleep,
    ):
        jobs.give_way()
    return sleep.called


def test_there_is_a_pause_between_objects_on_sqlite_only():
    assert is_pausing(in_transaction=False) == (connection.vendor == "sqlite")


def test_there_is_none_while_a_transaction_keeps_others_out():
    assert not is_pausing(in_transaction=True)
