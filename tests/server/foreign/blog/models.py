from django.db import models
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


@register_snippet
class Author(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    portrait = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL
    )

    def __str__(self):
        return self.name


class Promotion(models.Model):
    text = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self):
        return self.text


class BlogIndex(Page):
    intro = RichTextField(blank=True)

    def get_context(self, request):
        context = super().get_context(request)
        posts = BlogPost.objects.live().descendant_of(self)
        tag = request.GET.get("tag")
        if tag:
            posts = posts.filter(tags__name=tag)
        now = timezone.now()
        promotions = Promotion.objects.filter(starts_at__lte=now, ends_at__gt=now)
        context["posts"] = posts.order_by("-date", "pk")[:20]
        context["promotions"] = promotions.order_by("pk")
        return context


class BlogPostTag(TaggedItemBase):
    content_object = ParentalKey(
        "blog.BlogPost", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BlogPost(Page):
    date = models.DateField(default=timezone.localdate)
    intro = models.CharField(max_length=200, blank=True)
    body = StreamField(
        [("text", blocks.RichTextBlock()), ("image", ImageChooserBlock())], blank=True
    )
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL
    )
    authors = ParentalManyToManyField(Author, blank=True)
    related = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL
    )
    tags = ClusterTaggableManager(through=BlogPostTag, blank=True)


class Picture(Orderable):
    post = ParentalKey(BlogPost, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE)
    caption = models.CharField(max_length=80)
