"""Admin views that ask for a group or a permission on the model, but not for the object: reviewing and translating.

For editors who are limited to places a middleware asks for the object before the view runs.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation, TranslationSource

from cms.core.own_pages import is_own
from cms.users.limits import get_limits

GetResponse = Callable[[HttpRequest], HttpResponse]


def page(page_id: int, **rest: Any) -> Page:
    return get_object_or_404(Page, pk=page_id)


def snippet(app_label: str, model_name: str, pk: str) -> Model:
    return get_object_or_404(
        get_snippet_model_from_url_params(app_label, model_name), pk=pk
    )


def source(translation_source_id: int) -> Model:
    found = get_object_or_404(TranslationSource, pk=translation_source_id)
    return found.get_source_instance()


def target(translation_id: int, **rest: Any) -> Model:
    return get_object_or_404(Translation, pk=translation_id).get_target_instance()


REVIEWING = (
    *("workflow_action", "collect_workflow_action_data"),
    *("confirm_workflow_cancellation", "workflow_preview"),
)
TRANSLATING = (
    *("edit_string_translation", "edit_override", "machine_translate"),
    *("upload_pofile", "download_pofile", "preview_translation", "stop_translation"),
)
# What each view is about.
OBJECTS: dict[str, Callable[..., Model]] = {
    **{f"wagtailadmin_pages:{name}": page for name in REVIEWING},
    **{f"wagtail_localize:{name}": target for name in TRANSLATING},
    "wagtail_localize:submit_page_translation": page,
    "wagtail_localize:submit_snippet_translation": snippet,
    "wagtail_localize:update_translations": source,
}


class LimitedEditorsMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        find_object = OBJECTS.get(request.resolver_match.view_name)
        if find_object is None or get_limits(request.user) is None:
            return None
        if may_work_on(request.user, find_object(**kwargs)):
            return None
        return permission_denied(request)


def may_work_on(user: Any, instance: Model) -> bool:
    if isinstance(instance, Page):
        return is_own(user, instance)
    policy = policy_registry.get(instance)
    return policy.user_has_permission_for_instance(user, "change", instance)
