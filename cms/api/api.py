"""The delivery API itself. Its routers are added in `cms.api_urls`, one line for each app."""

from typing import Any

from django.urls import re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Swagger
from ninja.renderers import JSONRenderer
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.contract import complete
from cms.api.errors import register_exception_handlers
from cms.api.parameters import refuse_unknown_parameters
from cms.api.policy import delivery_policy, unknown_path
from cms.api.scope import answer_in_asked_language


class UnicodeRenderer(JSONRenderer):
    """Chinese as it is: escaped, it would take twice the bytes."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class DeliveryAPI(NinjaAPI):
    """A Ninja API whose every path, known or not, keeps the delivery policy."""

    def __init__(self, **options: Any) -> None:
        super().__init__(renderer=UnicodeRenderer(), **options)
        register_exception_handlers(self)
        self.add_decorator(refuse_unknown_parameters, mode="view")
        self.add_decorator(answer_in_asked_language)

    @property
    def urls(self) -> Any:
        patterns, app_name, namespace = super().urls
        patterns.append(re_path("", unknown_path, name="unknown_path"))
        return decorate_urlpatterns(patterns, delivery_policy), app_name, namespace

    def get_openapi_schema(self, **options: Any) -> Any:
        return complete(super().get_openapi_schema(**options))


api = DeliveryAPI(
    title="Tongdao delivery API",
    version="1.0.0",
    description=(
        "Published content for front ends: anonymous, read-mostly, typed. Site and language are explicit "
        "parameters, errors are problem details (RFC 9457), an unknown parameter is an error."
    ),
    urls_namespace="delivery",
    docs_url="/docs/",
    docs_decorator=require_safe,
    # The page would ask a validator elsewhere about the document.
    docs=Swagger({"validatorUrl": None}),
    servers=[{"url": "/"}],
    openapi_extra={"security": []},
)
