from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "cms.launch"
    label = "launch"
