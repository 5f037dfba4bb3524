from io import BytesIO

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from cms.images.models import CustomImage


def jpeg() -> bytes:
    file = BytesIO()
    Image.effect_noise((400, 300), 80).save(file, "JPEG")
    return file.getvalue()


class ImageUploadTests(TestCase):
    def setUp(self):
        user = get_user_model().objects.create_superuser("editor", password="x")
        self.client.force_login(user)

    def upload(self, content: bytes):
        return self.client.post(
            reverse("wagtailimages:add"),
            {
                "title": "审核现场",
                "collection": Collection.get_first_root_node().pk,
                "file": SimpleUploadedFile("scene.jpg", content, "image/jpeg"),
            },
        )

    def test_a_whole_picture_is_taken(self):
        self.upload(jpeg())
        self.assertEqual(CustomImage.objects.get().title, "审核现场")

    def test_a_picture_cut_off_in_transfer_is_refused_with_a_reason(self):
        """An upload interrupted on a phone made Wagtail's form raise Pillow's error: the editor saw a server error."""
        response = self.upload(jpeg()[:2000])
        self.assertEqual(response.status_code, 200)
        self.assertIn("file", response.context["form"].errors)
        self.assertFalse(CustomImage.objects.exists())
