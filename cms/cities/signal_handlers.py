from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.cities.models import City, CityTexts


def city_saved(
    instance: City, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if raw or not (update_fields is None or {*CityTexts.NAMES} & {*update_fields}):
        return
    CityTexts.keep_source(instance)
    # Whoever saved the place may have read it before it got a translation.
    CityTexts.put_into(instance.pk)


def texts_changed(instance: CityTexts, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        CityTexts.put_into(instance.city_id)


def register_signal_handlers() -> None:
    post_save.connect(city_saved, sender=City)
    post_save.connect(texts_changed, sender=CityTexts)
    post_delete.connect(texts_changed, sender=CityTexts)
