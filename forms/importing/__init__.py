"""Leads of an old system, from a table: every row comes in through `capture_lead`, as if it had been sent."""
