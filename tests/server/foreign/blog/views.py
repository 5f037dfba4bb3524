from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from blog.models import Author, BlogPost


def posts_of_author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    posts = BlogPost.objects.live().filter(authors__slug=slug).order_by("title", "pk")
    totals = Author.objects.annotate(number=Count("blogpost")).order_by("slug")
    return JsonResponse(
        {
            "author": author.name,
            "posts": list(posts.values_list("title", "intro")),
            "totals": list(totals.values_list("slug", "number")),
        }
    )
