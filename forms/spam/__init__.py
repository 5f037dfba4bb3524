"""Spam, without asking anybody else: proof of work, traps, limits and rules of content."""
