"""Spam, without asking anybody else: proof of work, a trap, limits and rules of content."""
