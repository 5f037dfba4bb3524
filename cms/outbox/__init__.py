"""Everything that leaves the system: stored in the transaction of its event, then sent, and tried again until it is.

Works in any Wagtail project that has `cms.encryption`: put both into INSTALLED_APPS, run `manage.py outbox run`.
"""
