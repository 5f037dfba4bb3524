import factory

from forms.models import Lead, Touch
from tests.factories import FormPageFactory


class LeadFactory(factory.django.DjangoModelFactory):
    name = "张三"
    mobile = "+8613800138000"
    company = "蓉城精密机械有限公司"
    project_name = "ISO 9001 质量管理体系认证"
    form = factory.SubFactory(FormPageFactory)
    form_title = factory.SelfAttribute("form.title")
    form_slug = factory.SelfAttribute("form.slug")
    language = "zh-hans"
    source = Lead.Source.HTML

    class Meta:
        model = Lead


class TouchFactory(factory.django.DjangoModelFactory):
    lead = factory.SubFactory(LeadFactory)
    form = factory.SelfAttribute("lead.form")
    language = factory.SelfAttribute("lead.language")
    source = factory.SelfAttribute("lead.source")

    class Meta:
        model = Touch
