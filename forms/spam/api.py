"""Where the widget and other front ends get a proof of work to do."""

from typing import Any

from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view

from cms.api.scope import Scope
from forms.api import FormSlug, find_form
from forms.spam.challenges import issue_challenge

router = Router(tags=["forms"])


class ChallengeSchema(Schema):
    """Find the number, from 0 to `maxnumber`, that written after `salt` has the SHA-256 digest `challenge`.

    ALTCHA's widget takes it as it is. What it makes of it belongs into a submission as `proof`.
    """

    algorithm: str = Field(json_schema_extra={"enum": ["SHA-256"]})
    challenge: str
    maxnumber: int
    salt: str = Field(description="Holds the times of issue and of expiry, in seconds.")
    signature: str


@router.get(
    "/{slug}/challenge/",
    response=ChallengeSchema,
    url_name="form_challenge",
    operation_id="forms_challenge",
    summary="Proof of work for a form",
)
@decorate_view(never_cache)
def get_challenge(
    request: HttpRequest, slug: FormSlug, scope: Query[Scope]
) -> dict[str, Any]:
    """A submission without a proof is taken too, but as unverified. A proof is good for one submission of this form."""
    challenge = issue_challenge(find_form(slug, scope)).to_dict()
    return {**challenge, "maxnumber": challenge["maxNumber"]}
