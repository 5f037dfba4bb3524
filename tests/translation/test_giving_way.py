"""A job of many objects leaves others their turn to write to SQLite, which has one writer at a time."""

from unittest import mock

import pytest
from django.db import connection

from cms.translation import jobs


@pytest.mark.django_db(transaction=True)
def test_there_is_a_pause_between_objects_on_sqlite_only():
    with mock.patch("time.sleep") as sleep:
        jobs.give_way()
    assert sleep.called == (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_there_is_none_while_a_transaction_keeps_others_out():
    with mock.patch("time.sleep") as sleep:
        jobs.give_way()
    assert not sleep.called
