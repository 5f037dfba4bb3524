class LaunchError(Exception):
    """The site cannot start or go on. The message is one sentence that says what to do."""
