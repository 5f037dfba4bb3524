import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django = get_wsgi_application()

from cms.delivery.wsgi import DeliveryCache  # noqa: E402

application = DeliveryCache(django)
