"""Personal data at rest: model fields that are encrypted in the database, and keyed hashes to find them by."""
