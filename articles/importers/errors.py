class BadFile(Exception):
    """A file that cannot be imported. Its message is the reason, for the person who runs the import."""
