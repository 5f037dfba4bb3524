"""Spam, without asking anybody else: a trap, limits and rules of content."""
