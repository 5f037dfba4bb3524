"""What is encrypted can be read by nobody without the key, and by everybody with it."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from cms.encryption.checks import check_encryption_keys
from cms.encryption.fields import Undecryptable, decrypt, encrypt
from cms.encryption.hashes import hash_candidates, hash_value
from forms.models import Lead, Touch
from tests.forms.factories import LeadFactory, TouchFactory

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    return settings


def raw(column, table="forms_lead"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        [value] = cursor.fetchone()
    return value


class TestValues:
    @pytest.mark.parametrize("text", ["张三", "𠮷", "x" * 5000, " ", "gAAAAA"])
    def test_text_comes_back(self, text):
        assert decrypt(encrypt(text)) == text

    def test_same_text_never_looks_the_same(self):
        assert encrypt("张三") != encrypt("张三")

    def test_no_text_stays_no_text(self):
        assert encrypt("") == decrypt("") == ""

    @pytest.mark.parametrize(
        "spoil", [lambda t: t[:-1], lambda t: "A" + t[1:], str.swapcase]
    )
    def test_what_was_tampered_with_is_not_read(self, spoil):
        with pytest.raises(Undecryptable, match="ENCRYPTION_KEYS"):
            decrypt(spoil(encrypt("张三")))

    def test_without_the_key_it_is_not_read(self, keys):
        token = encrypt("张三")
        keys.ENCRYPTION_KEYS = [NEW]
        with pytest.raises(Undecryptable):
            decrypt(token)
        keys.ENCRYPTION_KEYS = [NEW, OLD]
        assert decrypt(token) == "张三"


class TestKeys:
    @pytest.mark.parametrize("value", [[], ["short"], ["x" * 44]])
    def test_wrong_keys_are_named_and_not_shown(self, keys, value):
        keys.ENCRYPTION_KEYS = value
        with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS") as error:
            encrypt("x")
        assert "x" * 44 not in str(error.value)
        [problem] = check_encryption_keys()
        assert problem.id == "encryption.E001"

    def test_new_key_is_made_by_a_command(self, keys, capsys):
        call_command("generate_encryption_key")
        keys.ENCRYPTION_KEYS = [capsys.readouterr().out.strip()]
        assert check_encryption_keys() == []


class TestHashes:
    def test_hash_is_keyed(self, keys):
        before = hash_value("+8613800138000", "phone")
        keys.ENCRYPTION_KEYS = [NEW]
        assert hash_value("+8613800138000", "phone") != before

    def test_purposes_are_apart(self):
        assert hash_value("x", "name") != hash_value("x", "phone")

    def test_old_keys_are_looked_for_as_well(self, keys):
        before = hash_value("x", "name")
        keys.ENCRYPTION_KEYS = [NEW, OLD]
        assert before in hash_candidates("x", "name")

    def test_nothing_has_no_hash(self):
        assert hash_value("", "name") == ""
        assert hash_candidates("", "name") == []


@pytest.mark.django_db
class TestModel:
    def test_database_holds_no_plain_text(self):
        LeadFactory(answers=[{"label": "姓名", "value": "张三"}])
        for column in ("name", "mobile", "answers"):
            assert raw(column).startswith("gAAAA")
        lead = Lead.objects.get()
        assert (lead.name, lead.answers[0]["value"]) == ("张三", "张三")

    def test_update_encrypts_too(self):
        LeadFactory()
        Lead.objects.update(name="李四")
        assert raw("name").startswith("gAAAA")
        assert Lead.objects.get().name == "李四"

    @pytest.mark.parametrize("lookup", ["name", "name__contains", "name__in"])
    def test_looking_up_is_refused_rather_than_never_finding(self, lookup):
        with pytest.raises(FieldError, match="encrypted"):
            Lead.objects.filter(**{lookup: ["张三"]}).exists()


@pytest.mark.django_db
class TestRotation:
    @pytest.fixture
    def lead(self, keys):
        lead = LeadFactory(landline="+862885550100")
        TouchFactory(lead=lead, answers=[{"value": "张三"}])
        keys.ENCRYPTION_KEYS = [NEW, OLD]
        return lead

    def test_afterwards_the_old_key_can_go(self, keys, lead, capsys):
        call_command("rotate_lead_keys")
        assert "can be removed" in capsys.readouterr().out
        keys.ENCRYPTION_KEYS = [NEW]
        lead = Lead.objects.get()
        assert (lead.name, lead.mobile) == ("张三", "+8613800138000")
        assert Touch.objects.get().answers == [{"value": "张三"}]

    def test_lead_is_found_before_and_after(self, keys, lead):
        assert Lead.objects.search("13800138000").exists()
        call_command("rotate_lead_keys")
        keys.ENCRYPTION_KEYS = [NEW]
        for words in ("13800138000", "张三", "028-85550100"):
            assert Lead.objects.search(words).exists()

    def test_second_run_writes_nothing(self, keys, lead, capsys):
        call_command("rotate_lead_keys")
        before = raw("name")
        capsys.readouterr()
        call_command("rotate_lead_keys")
        assert raw("name") == before
        assert "forms.Lead: 1 rows, 0 encrypted anew" in capsys.readouterr().out
