from django.db.models import ExpressionWrapper, F, OuterRef, TextField
from django.db.models.expressions import Exists
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class BasePageQuerySet(PageQuerySet):
    def public(self) -> "BasePageQuerySet":
        """Pages below no view restriction, as Wagtail's own `public()`, which first asks for all restrictions."""
        restrictions = PageViewRestriction.objects.annotate(
            outer_path=ExpressionWrapper(OuterRef("path"), output_field=TextField())
        )
        above = restrictions.filter(outer_path__startswith=F("page__path"))
        return self.filter(~Exists(above))
