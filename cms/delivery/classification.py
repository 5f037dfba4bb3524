"""What reading or writing a model means for answers. Every model is tracked unless something here says otherwise."""

from enum import Enum
from functools import cache

from django.apps import apps
from django.db import models

from cms.delivery import settings


class Treatment(Enum):
    # Answers depend on its rows; writing one is a change.
    TRACKED = "tracked"
    # No answer says anything of it that would not be known by other rows.
    IGNORED = "ignored"
    # An answer that read it is somebody's own.
    PRIVATE = "private"
    # Read, but its changes are not followed: the answer has a shorter life.
    AGING = "aging"


PRIVATE = {
    *("admin", "sessions", "django_tasks_db", "django_tasks_database", "delivery"),
    *("auth.group", "auth.permission", "wagtailusers", "wagtailsearch"),
    *("wagtailadmin", "wagtailcore.apitoken"),
    *("modelsearch", "wagtail_localize", "outbox"),
    *("wagtailcore.revision", "wagtailcore.modellogentry", "wagtailcore.pagelogentry"),
    *(
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.pagesubscription",
    ),
    *("wagtailcore.workflow", "wagtailcore.workflowpage", "wagtailcore.workflowtask"),
    *("wagtailcore.workflowcontenttype", "wagtailcore.workflowstate"),
    *("wagtailcore.task", "wagtailcore.taskstate", "wagtailcore.groupapprovaltask"),
    *("wagtailcore.grouppagepermission", "wagtailcore.groupcollectionpermission"),
    *("wagtailcore.groupsitepermission", "wagtailcore.collectionviewrestriction"),
}
IGNORED = {
    *("contenttypes", "wagtailcore.referenceindex", "wagtailcore.uploadedfile"),
    # Rows that are made while pages are read, from what they are made of.
    "wagtailembeds.embed",
}
# Columns that say how work on a row stands, and nothing that is published.
BACKSTAGE_COLUMNS = {
    *("draft_title", "expired", "go_live_at", "expire_at", "has_unpublished_changes"),
    *("latest_revision_created_at", "latest_revision_id", "live_revision_id"),
    *("locked", "locked_at", "locked_by_id", "numchild"),
    *("last_login", "password"),
}
# Text that lists are seldom chosen or ordered by. A query that does depends on every change of the model.
CONTENT_TYPES = {"TextField", "JSONField", "FileField", "BinaryField"}
CONTENT_COLUMNS = {
    *("title", "seo_title", "search_description", "caption", "last_published_at"),
}


@cache
def treatment_of(model: type[models.Model]) -> Treatment:
    model = model._meta.concrete_model or model
    if is_named(model, settings.get("AGING")):
        return Treatment.AGING
    bases = {base.__name__ for base in model.__mro__}
    if "AbstractRendition" in bases or is_named(
        model, IGNORED.union(settings.get("IGNORED"))
    ):
        return Treatment.IGNORED
    if "AbstractFormSubmission" in bases or is_named(
        model, PRIVATE.union(settings.get("PRIVATE"))
    ):
        return Treatment.PRIVATE
    owner = model._meta.auto_created
    return treatment_of(owner) if isinstance(owner, type) else Treatment.TRACKED


def is_named(model: type[models.Model], names: "set[str] | list[str] | dict") -> bool:
    options = model._meta
    wanted = {name.lower() for name in names}
    return options.label_lower in wanted or options.app_label in wanted


def aging_seconds(model: type[models.Model]) -> int:
    ages: dict[str, int] = settings.get("AGING")
    found = [seconds for name, seconds in ages.items() if is_named(model, [name])]
    return min(found)


def is_tracked(model: type[models.Model]) -> bool:
    # Migrations have models of their own, which nobody reads.
    if model_of_table(model._meta.db_table) is not model._meta.concrete_model:
        return False
    return treatment_of(model) is Treatment.TRACKED


@cache
def model_of_table(table: str) -> type[models.Model] | None:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table and not model._meta.proxy:
            return model
    return None


def is_content(field: models.Field) -> bool:
    """Whether a column holds what a page says rather than what lists are made by."""
    if field.attname == "url_path":
        return False
    # Fields like StreamField are no subclasses of what they are stored as.
    kind = field.get_internal_type()
    return kind in CONTENT_TYPES or field.attname in CONTENT_COLUMNS


@cache
def chain_of(model: type[models.Model]) -> tuple[type[models.Model], ...]:
    """The model and those that it inherits tables from, the root first: Page, ArticlePage."""
    parents: list[type[models.Model]] = [
        parent
        for parent in model.__mro__
        if issubclass(parent, models.Model)
        and hasattr(parent, "_meta")
        and not parent._meta.abstract
        and not parent._meta.proxy
    ]
    return tuple(reversed(parents))


@cache
def selective_columns(model: type[models.Model]) -> dict[str, int]:
    """The columns that lists are narrowed by, each with its rank: the lower, the fewer rows share a value."""
    ranks = {
        field.attname: rank
        for field in model._meta.concrete_fields
        if not field.primary_key and (rank := rank_of(field))
    }
    return ranks


def rank_of(field: models.Field) -> int:
    if field.attname in BACKSTAGE_COLUMNS or isinstance(field, models.DateField):
        return 0
    if field.unique:
        return 1
    if field.attname == "translation_key":
        return 2
    if isinstance(field, models.SlugField):
        return 3
    if field.attname in ("locale_id", "content_type_id"):
        return 8
    if isinstance(field, models.ForeignKey):
        return 4
    return 5 if getattr(field, "db_index", False) and not is_content(field) else 0


@cache
def has_drafts(model: type[models.Model]) -> bool:
    return any(base.__name__ == "DraftStateMixin" for base in model.__mro__)


def is_tree(model: type[models.Model]) -> bool:
    """Whether rows stand in a tree of materialised paths."""
    return hasattr(model, "steplen") and any(
        field.attname == "path" for field in model._meta.concrete_fields
    )
