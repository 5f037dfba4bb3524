"""Who gets a lead, and who is told of it."""

import pytest

from cms.outbox.models import Channel, Message
from forms.context import LeadContext
from forms.desk.arrival import lead_arrived
from forms.leads import capture_lead
from forms.models import Agent, AssignmentRule, FormPage, Lead, NotificationRule
from forms.models.desk import Occasion
from tests.editors import build_register
from tests.factories import CertificationProjectFactory, FormPageFactory, UserFactory
from tests.forms.factories import LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return build_register()


def agent(name, *places, **fields):
    user = UserFactory(username=name)
    user.places.set(places)
    return Agent.objects.create(user=user, **fields)


def assignment(name, *agents, **chosen):
    return fill(AssignmentRule.objects.create(name=name), chosen, members=agents)


def notification(name, *channels, events=("lead.created",), **chosen):
    rule = NotificationRule.objects.create(name=name, events=list(events))
    rule.channels.set(channels)
    return fill(rule, chosen)


def fill(rule, chosen, members=()):
    for name, values in chosen.items():
        getattr(rule, name).set(values)
    for member in members:
        rule.members.create(agent=member)
        rule.save()
    return rule


def arrive(**fields):
    fields.setdefault("form", find_form())
    lead = LeadFactory(**fields)
    lead_arrived(lead)
    lead.refresh_from_db()
    return lead


def find_form():
    return FormPage.objects.filter(slug="quick-service").first() or FormPageFactory()


def told(lead):
    return {
        message.channel.name for message in Message.objects.filter(subject=lead.subject)
    }


class TestAssignment:
    def test_members_take_turns(self):
        assignment("all", agent("a"), agent("b"), agent("c"))
        names = [arrive().assignee.username for _ in range(6)]
        assert names == ["a", "b", "c", "a", "b", "c"]

    def test_who_is_not_on_duty_is_left_out(self):
        off = agent("off", is_on_duty=False)
        gone = agent("gone")
        gone.user.is_active = False
        gone.user.save()
        assignment("all", off, gone, agent("on"))
        assert {arrive().assignee.username for _ in range(3)} == {"on"}

    def test_province_covers_its_cities(self, places):
        assignment("四川", agent("a"), places=[places["sichuan"]])
        assert arrive(city=places["chengdu"]).assignee.username == "a"
        assert arrive(city=places["chongqing"]).assignee is None
        assert arrive().assignee is None

    def test_most_particular_rule_decides(self, places):
        project = CertificationProjectFactory()
        assignment("all", agent("all"))
        assignment("四川", agent("province"), places=[places["sichuan"]])
        assignment("成都", agent("city"), places=[places["chengdu"]])
        assignment("ISO", agent("project"), projects=[project])
        assert arrive().assignee.username == "all"
        assert arrive(city=places["mianyang"]).assignee.username == "province"
        assert arrive(city=places["chengdu"]).assignee.username == "city"
        lead = arrive(city=places["chengdu"], project=project)
        assert lead.assignee.username == "project"

    def test_rule_without_anybody_on_duty_leaves_it_to_the_next(self, places):
        assignment("all", agent("all"))
        assignment("成都", agent("city", is_on_duty=False), places=[places["chengdu"]])
        assert arrive(city=places["chengdu"]).assignee.username == "all"

    def test_nobody_is_given_what_they_may_not_see(self, places):
        assignment("all", agent("a", places["chongqing"]), agent("b"))
        assert arrive(city=places["chengdu"]).assignee.username == "b"

    def test_switched_off_rule_assigns_nothing(self):
        rule = assignment("all", agent("a"))
        AssignmentRule.objects.filter(pk=rule.pk).update(is_active=False)
        assert arrive().assignee is None

    def test_history_names_the_rule(self):
        assignment("全国轮值", agent("a"))
        [event] = arrive().events.all()
        assert (event.after, event.text, event.actor_name) == ("a", "全国轮值", "")


class TestNotification:
    @pytest.fixture
    def channels(self):
        names = ("head", "chengdu", "iso", "form")
        return {n: Channel.objects.create(name=n, kind="log") for n in names}

    def test_receivers_are_chosen_by_city_project_and_form(self, places, channels):
        project = CertificationProjectFactory()
        form = FormPageFactory(slug="other")
        notification("all", channels["head"])
        notification("成都", channels["chengdu"], places=[places["chengdu"]])
        notification("iso", channels["iso"], projects=[project])
        notification("form", channels["form"], forms=[form])
        assert told(arrive()) == {"head"}
        assert told(arrive(city=places["chengdu"])) == {"head", "chengdu"}
        assert told(arrive(project=project)) == {"head", "iso"}
        assert told(arrive(form=form)) == {"head", "form"}

    def test_channel_of_two_rules_is_told_once(self, channels):
        notification("one", channels["head"])
        notification("two", channels["head"])
        assert Message.objects.filter(subject=arrive().subject).count() == 1

    def test_receivers_of_the_form_are_told(self, channels):
        form = FormPageFactory()
        form.receivers.add(channels["form"])
        form.save()
        assert told(arrive(form=form)) == {"form"}

    def test_notice_is_masked_and_leads_to_the_lead(self, channels):
        notification("all", channels["head"])
        lead = arrive(name="欧阳修远")
        payload = str(Message.objects.get().payload)
        assert "138****8000" in payload
        assert "欧阳修远" not in payload
        assert "13800138000" not in payload
        assert f"http://testserver/admin/leads/inspect/{lead.pk}/" in payload

    def test_rule_is_told_of_its_occasions_only(self, form_page, answers, channels):
        again = [Occasion.TOUCHED.value]
        notification("again", channels["head"], events=again)
        context = LeadContext(source=Lead.Source.HTML)
        capture_lead(form_page, answers, context)
        assert not Message.objects.exists()
        capture_lead(form_page, {**answers, "name": "张三丰"}, context)
        assert Message.objects.get().event == "lead.touched"

    def test_message_is_stored_with_the_lead_or_not_at_all(
        self, form_page, answers, channels, monkeypatch
    ):
        from forms import storing

        def fail(lead):
            lead_arrived(lead)
            raise RuntimeError

        notification("all", channels["head"])
        monkeypatch.setattr(storing, "lead_arrived", fail)
        with pytest.raises(RuntimeError):
            capture_lead(form_page, answers, LeadContext(source=Lead.Source.HTML))
        assert not Message.objects.exists()
        assert not Lead.objects.exists()


def test_rules_are_edited_in_the_admin(admin_client, places):
    channel = Channel.objects.create(name="head", kind="log")
    data = {
        "name": "成都",
        "is_active": "on",
        "places": [places["chengdu"].pk],
        "channels": [channel.pk],
        "events": ["lead.created", "lead.overdue"],
    }
    response = admin_client.post("/admin/notification_rules/new/", data)
    assert response.status_code == 302
    rule = NotificationRule.objects.get()
    assert rule.events == ["lead.created", "lead.overdue"]
    assert list(rule.channels.all()) == [channel]
    member = agent("a")
    data = {
        "name": "成都",
        "is_active": "on",
        "members-TOTAL_FORMS": "1",
        "members-INITIAL_FORMS": "0",
        "members-0-agent": member.pk,
    }
    response = admin_client.post("/admin/assignment_rules/new/", data)
    assert response.status_code == 302
    assert AssignmentRule.objects.get().members.get().agent == member
