"""The peer: a site as Wagtail's own documentation builds it, with a form of wagtail.contrib.forms."""
