"""How often pages are read: counted by a request of their own, so that pages can be kept by every cache."""
