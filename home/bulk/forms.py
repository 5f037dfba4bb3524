import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.cities.models import City
from home.bulk.order import Action, CitySet, Order
from home.bulk.permissions import allowed_actions
from home.bulk.rows import CityRow, from_json, read_rows, to_json
from home.bulk.tables import read_table
from home.models import CityIndexPage

MOST_TYPED = 100_000  # characters
# The two go along in every request, which Django reads up to DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST_KEPT = 2_000_000  # bytes


class CityListField(forms.ModelChoiceField):
    def label_from_instance(self, index: CityIndexPage) -> str:
        site = index.get_parent().get_admin_display_title()
        return f"{site} › {index.get_admin_display_title()} ({index.locale})"


class OrderForm(forms.Form):
    """What is to be done with which cities.

    An uploaded table is read once: the preview carries its rows along in a hidden field, so that the editor can go
    back and on without choosing the file again.
    """

    city_list = CityListField(
        CityIndexPage.objects.none(), label=gettext_lazy("City list"), empty_label=None
    )
    action = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=Action.choices,
        widget=forms.RadioSelect,
        initial=Action.CREATE,
    )
    city_set = forms.ChoiceField(
        label=gettext_lazy("For which cities"),
        choices=CitySet.choices,
        widget=forms.RadioSelect,
        initial=CitySet.NAMES,
    )
    names = forms.CharField(
        label=gettext_lazy("Names or codes"),
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "One in a line, or separated by commas, 、 or tabs. 成都, 成都市, 510100 and chengdu are the same city."
        ),
    )
    table = forms.FileField(
        label=gettext_lazy("Table"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy(
            "The first row has the headings: 城市 (name or code), and if you like 电话, 地址 and 营业时间, or city, "
            "phone, address and opening_hours. Filled cells go to the register of cities, empty ones change nothing."
        ),
    )
    provinces = forms.ModelMultipleChoiceField(
        City.objects.provinces(),
        label=gettext_lazy("Provinces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kept_name = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_rows = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, city_lists: list[CityIndexPage], user: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = CityIndexPage.objects.filter(pk__in=[each.pk for each in city_lists])
        self.fields["city_list"].queryset = lists.select_related("locale")
        allowed = {a for each in city_lists for a in allowed_actions(each, user)}
        self.fields["action"].choices = [
            (value, label) for value, label in Action.choices if value in allowed
        ]
        self.rows: list[CityRow] = []

    @property
    def kept_file(self) -> str:
        """The name of the file whose rows the form carries along."""
        return self["kept_name"].value() if self["kept_rows"].value() else ""

    def clean_table(self) -> Any:
        """Read even where another set is chosen: the editor may come back to it."""
        file = self.cleaned_data["table"]
        if file:
            rows = read_rows(read_table(file))
            self.keep(file.name, json.dumps(to_json(rows), ensure_ascii=False))
            self.rows = rows
        return file

    def keep(self, name: str, rows: str) -> None:
        if len(rows.encode()) > MOST_KEPT:
            raise ValidationError(_("The file holds too much text. Divide it."))
        self.data = self.data.copy()
        self.data["kept_name"], self.data["kept_rows"] = name, rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.rows and cleaned.get("kept_rows"):
            self.rows = self.read_kept_rows(cleaned["kept_rows"])
        city_set = cleaned.get("city_set")
        if city_set == CitySet.NAMES and not cleaned.get("names", "").strip():
            self.add_missing("names", _("Write or paste at least one name."))
        elif city_set == CitySet.FILE and not self.rows:
            self.add_missing("table", _("Choose a file."))
        elif city_set == CitySet.PROVINCES and not cleaned.get("provinces"):
            self.add_missing("provinces", _("Choose at least one province."))
        return cleaned

    def add_missing(self, field: str, message: str) -> None:
        if field not in self.errors:
            self.add_error(field, message)

    def read_kept_rows(self, text: str) -> list[CityRow]:
        try:
            return from_json(json.loads(text))
        except ValueError:
            message = _("The table was lost on the way. Choose the file again.")
            raise ValidationError({"table": message}) from None

    def get_order(self) -> Order:
        cleaned = self.cleaned_data
        return Order(
            index=cleaned["city_list"],
            action=Action(cleaned["action"]),
            city_set=CitySet(cleaned["city_set"]),
            provinces=tuple(cleaned["provinces"]),
            names=cleaned["names"],
            rows=self.rows,
        )

    def carried_along(self) -> Iterator[tuple[str, str]]:
        """Names and values of hidden inputs that hold everything that was typed, chosen and uploaded."""
        for name in self.fields.keys() - {"table"}:
            value = self[name].value()
            for each in value if isinstance(value, list) else [value]:
                if each:
                    yield name, str(each)
