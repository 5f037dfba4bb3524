"""Submissions in the database: one lead for one enquiry, one touch for each time that it was sent."""

from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cms.encryption.hashes import hash_candidates, hash_value
from forms.consents import record_consents
from forms.context import LeadContext
from forms.desk.arrival import lead_arrived, touch_arrived
from forms.locks import hold_lock
from forms.models import FormPage, Lead, Touch
from forms.models.leads import OPEN_STATUSES, Status
from forms.opening import require_open
from forms.spam.verdict import Verdict, judge
from forms.submission import Submission

# The same answers again so soon are a double click, a reload, or a retry after an answer that was lost.
REPEAT_WINDOW = timedelta(minutes=10)


class IdempotencyConflict(Exception):
    """The key has come with other answers before."""


class CommitUnknown(OperationalError):
    """The database was asked to commit and has not answered. Sending it again finds out: it is stored once."""

    detail = (
        "The connection to the database broke at the last moment: it may be stored or not. "
        "Send it again with the same Idempotency-Key; it is counted once."
    )


@sensitive_variables()
def store_submission(
    form_page: FormPage, context: LeadContext, submission: Submission
) -> Touch:
    """Store a submission with all that follows from it in one transaction, or find the touch that it is already.

    A repeat is found even when the form has closed meanwhile: what is stored is stored. FormClosed else, and TooMany
    for a flood.

    A database error means that nothing was stored; CommitUnknown, that the connection broke at the very end.
    """
    is_written = False
    try:
        with transaction.atomic():
            touch = write_submission(form_page, context, submission)
            is_written = True
        return touch
    except (OperationalError, InterfaceError) as error:
        if is_written:
            raise CommitUnknown from error
        raise


@sensitive_variables()
def write_submission(
    form_page: FormPage, context: LeadContext, submission: Submission
) -> Touch:
    lock_repeats(form_page, context, submission)
    if repeated := find_repeated(form_page, context, submission):
        return repeated
    if not context.is_import:
        require_open(form_page)
    verdict = judge(form_page, submission, context)
    lead = find_open_lead(form_page, submission, verdict)
    if lead:
        add_to(lead, context, verdict)
        touch = create_touch(lead, form_page, context, submission, verdict)
        record_consents(form_page, submission.consents, touch)
        if not context.is_silent:
            touch_arrived(lead)
        return touch
    lead = create_lead(form_page, context, submission, verdict)
    touch = create_touch(lead, form_page, context, submission, verdict)
    record_consents(form_page, submission.consents, touch)
    if not verdict.is_spam and not context.is_silent:
        lead_arrived(lead)
    return touch


def lock_repeats(
    form_page: FormPage, context: LeadContext, submission: Submission
) -> None:
    """Let those wait that could be the same submission or the same enquiry. Always in this order, so that nobody waits
    for one who waits for them."""
    if context.idempotency_key:
        hold_lock(f"key {form_page.pk} {context.idempotency_key}")
    hold_lock(
        f"enquiry {form_page.pk} {hash_value(submission.mobile or submission.body, 'lock')}"
    )


def find_repeated(
    form_page: FormPage, context: LeadContext, submission: Submission
) -> Touch | None:
    """The touch that this very submission has become before. Raises IdempotencyConflict."""
    touches = Touch.objects.filter(form=form_page)
    same = hash_candidates(submission.body, "body")
    if not context.idempotency_key:
        since = timezone.now() - REPEAT_WINDOW
        return touches.filter(body_hash__in=same, created_at__gte=since).last()
    touch = touches.filter(idempotency_key=context.idempotency_key).first()
    if touch and touch.body_hash not in same:
        raise IdempotencyConflict
    return touch


def find_open_lead(
    form_page: FormPage, submission: Submission, verdict: Verdict
) -> Lead | None:
    """The lead of the same mobile number and project that somebody is still working on. Suspects get one of their own:
    nobody can write into an honest lead by being suspicious."""
    if verdict.is_spam or not submission.mobile or not form_page.duplicate_window:
        return None
    since = timezone.now() - timedelta(hours=form_page.duplicate_window)
    leads = Lead.objects.filter(
        form=form_page,
        mobile_hash__in=hash_candidates(submission.mobile, "phone"),
        project=submission.columns.get("project"),
        status__in=OPEN_STATUSES,
        anonymised_at=None,
        last_touch_at__gte=since,
    )
    return leads.select_for_update(of=("self",)).first()


def add_to(lead: Lead, context: LeadContext, verdict: Verdict) -> None:
    """One more touch. Whoever has the lead open sees that it has changed."""
    Lead.objects.filter(pk=lead.pk).update(
        last_touch_at=context.received_at or timezone.now(),
        touch_count=F("touch_count") + 1,
        version=F("version") + 1,
        is_verified=lead.is_verified or verdict.is_verified,
    )
    lead.refresh_from_db(fields=["touch_count", "version"])


def create_lead(
    form_page: FormPage,
    context: LeadContext,
    submission: Submission,
    verdict: Verdict,
) -> Lead:
    received_at = context.received_at or timezone.now()
    return Lead.objects.create(
        created_at=received_at,
        last_touch_at=received_at,
        form=form_page,
        form_title=form_page.resolved.title,
        form_slug=form_page.slug,
        site=form_page.get_site(),
        language=form_page.locale.language_code,
        source=context.source,
        answers=submission.answers,
        is_verified=verdict.is_verified,
        status=Status.SPAM if verdict.is_spam else Status.NEW,
        spam_reasons=verdict.reasons,
        quarantined_at=received_at if verdict.is_spam else None,
        retain_until=timezone.localdate(received_at)
        + timedelta(days=form_page.retention_days),
        **{"city": context.city, **submission.columns},
    )


def create_touch(
    lead: Lead,
    form_page: FormPage,
    context: LeadContext,
    submission: Submission,
    verdict: Verdict,
) -> Touch:
    """The first touch shares its receipt with the lead; later ones have their own, so that a receipt tells nobody that
    somebody has asked before."""
    receipt = {"receipt": lead.receipt} if lead.touch_count == 1 else {}
    return Touch.objects.create(
        created_at=context.received_at or timezone.now(),
        lead=lead,
        form=form_page,
        source=context.source,
        language=form_page.locale.language_code,
        city=submission.columns.get("city") or context.city,
        page=context.page,
        page_url=context.page_url,
        referrer=context.referrer,
        **{f"utm_{key}": value for key, value in context.utm.items()},
        answers=submission.answers,
        is_verified=verdict.is_verified,
        idempotency_key=context.idempotency_key or None,
        body_hash=hash_value(submission.body, "body"),
        **receipt,
    )
