"""Wagtail's admin views of rows that belong to a place. By themselves they ask for permission on the model; these ask
for it on the row, so that `PlacePermissionPolicy` holds in them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.snippets.views import snippets


class OwnRowMixin:
    """A view of one row."""

    def user_has_permission(self, permission: str) -> bool:
        return super().user_has_permission(
            permission
        ) and self.user_has_permission_for_instance(permission, self.object)

    def user_has_any_permission(self, permissions: Iterable[str]) -> bool:
        return any(self.user_has_permission(each) for each in permissions)


class OwnRowsMixin:
    """A view of all rows."""

    def get_base_queryset(self) -> QuerySet:
        rows = super().get_base_queryset()
        return self.permission_policy.within_limits(self.request.user, rows)


class PlaceIndexView(OwnRowsMixin, snippets.IndexView):
    pass


class PlaceEditView(OwnRowMixin, snippets.EditView):
    pass


class PlaceDeleteView(OwnRowMixin, snippets.DeleteView):
    pass


class PlaceHistoryView(OwnRowMixin, snippets.HistoryView):
    pass


class PlaceUsageView(OwnRowMixin, snippets.UsageView):
    pass


class PlaceInspectView(OwnRowMixin, snippets.InspectView):
    pass


class PlaceSnippetViewSet(snippets.SnippetViewSet):
    """The admin of a model that has a `PlacePermissionPolicy`."""

    index_view_class = PlaceIndexView
    edit_view_class = PlaceEditView
    delete_view_class = PlaceDeleteView
    history_view_class = PlaceHistoryView
    usage_view_class = PlaceUsageView
    inspect_view_class = PlaceInspectView
