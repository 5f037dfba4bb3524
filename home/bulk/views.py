from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.bulk.forms import OrderForm
from home.bulk.order import Action
from home.bulk.permissions import allowed_actions, check_action, find_city_lists
from home.bulk.plan import make_plan
from home.bulk.report import (
    find_cities,
    find_pages,
    find_recent,
    find_report,
    headline,
)
from home.bulk.sections import preview_sections, recent_section, report_sections
from home.bulk.streaming import stream_work
from home.bulk.wording import describe_start
from home.models import CityIndexPage


class BulkPageMixin(WagtailAdminTemplateMixin):
    page_title = _("City pages in bulk")
    header_icon = "site"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        start = reverse("city_pages_in_bulk:order") if self.page_subtitle else ""
        items = [*self.breadcrumbs_items, {"url": start, "label": self.page_title}]
        if self.page_subtitle:
            items.append({"url": "", "label": self.page_subtitle})
        return items


class OrderMixin:
    form_class = OrderForm

    def get_form_kwargs(self) -> dict[str, Any]:
        city_lists = find_city_lists(self.request.user)
        if not city_lists:
            raise PermissionDenied
        return {
            **super().get_form_kwargs(),
            "city_lists": city_lists,
            "user": self.request.user,
        }


class OrderView(OrderMixin, BulkPageMixin, FormView):
    """Asks what is to be done, and shows what that would be. Nothing is written here."""

    template_name = "home/bulk/order.html"
    preview_template_name = "home/bulk/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lists = context["form"].fields["city_list"].queryset
        return {"recent": recent_section(find_recent(lists)), **context}

    def get_initial(self) -> dict[str, Any]:
        return {"city_list": self.request.GET.get("list")}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") == "edit":
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: OrderForm) -> HttpResponse:
        plan = make_plan(form.get_order(), self.request.user)
        self.page_subtitle = _("Preview")
        self.template_name = self.preview_template_name
        context = self.get_context_data(
            plan=plan,
            sections=preview_sections(plan),
            carried_along=list(form.carried_along()),
            start_label=describe_start(plan),
        )
        return self.render_to_response(context)


class RunView(OrderMixin, FormView):
    """Does the work while its answer, one JSON object in a line, is being read."""

    http_method_names = ["post"]

    def form_valid(self, form: OrderForm) -> HttpResponse:
        order = form.get_order()
        check_action(order.index, order.action, self.request.user)
        digest = self.request.POST.get("digest", "")
        response = StreamingHttpResponse(
            stream_work(order, digest, self.request),
            content_type="application/x-ndjson",
        )
        response["Cache-Control"] = "no-store"
        response["X-Accel-Buffering"] = "no"  # nginx would keep the lines together
        return response

    def form_invalid(self, form: OrderForm) -> HttpResponse:
        messages = [text for texts in form.errors.values() for text in texts]
        return JsonResponse({"error": " ".join(messages)}, status=400)


class ReportView(BulkPageMixin, TemplateView):
    """What was done, for whoever may work on that city list."""

    template_name = "home/bulk/report.html"
    page_subtitle = _("Report")

    def get_context_data(self, uuid: UUID, **kwargs: Any) -> dict[str, Any]:
        report = get_object_or_404(find_report(uuid).select_related("user"))
        index = get_object_or_404(CityIndexPage, pk=report.page_id)
        allowed = allowed_actions(index, self.request.user)
        if not allowed:
            raise PermissionDenied
        is_publishable = (
            report.data["action"] == Action.CREATE and Action.PUBLISH in allowed
        )
        return super().get_context_data(
            report=report,
            index=index,
            headline=headline(report),
            sections=report_sections(report, find_pages(report)),
            to_publish=find_cities(report) if is_publishable else [],
            **kwargs,
        )
