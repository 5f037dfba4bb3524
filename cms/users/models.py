from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """The project's own user model: it cannot be put in later without rewriting every foreign key."""
