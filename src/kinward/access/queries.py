"""What an account may do, and which accounts an administrator sees."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.cache import cache
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kinward.access.models import (
    Answered,
    Approval,
    ApprovalKind,
    BreakGlass,
    Grant,
    Look,
    Notice,
    Referral,
    User,
    Way,
)
from kinward.access.policy import standing_grants
from kinward.access.rules import Permission, compartments_of, grants, may_answer
from kinward.access.rules.limits import too_late
from kinward.audit.models import Event
from kinward.core.errors import NotFound, NotSignedIn
from kinward.core.models import Job
from kinward.core.versions import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from kinward.access.models import Compartment, News


PERSON = "people.person"  # what the log calls a person
SHOWN = (
    "people.read",
    "people.listed",
    "people.found",
    "people.opened_file",
    "tracing.read_candidates",
    "operations.read_manifest",
    "operations.handed_out_manifest",
    "field.packed",
)
CHANGES = tuple(
    f"access.{what}"
    for what in (
        "opened",
        "gave_role",
        "invited",
        "invitation_taken_up",
        "second_factor_reset",
        "closed",
    )
)
WAS_OPEN = ("access.gave_role", "access.closed")
DAY, FOUR_WEEKS = timedelta(days=1), timedelta(days=28)


class Roles(ModelBackend):
    """Signs in by username and password; the role, not Django's tables, decides what is granted."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether the account may come in; asked at sign-in, and at every request."""
        return super().user_can_authenticate(user) and not is_suspended(user, at=timezone.now())

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:  # noqa: ARG002
        """Tell whether the account's role grants the permission, one of rules.Permission."""
        return bool(user_obj.is_active) and grants(user_obj.role, perm)


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Tell whether the account may do that at all. Which records it may do it to is for queries."""
    return isinstance(user, User) and user.is_active and grants(user.role, permission)


def signed_in(request: HttpRequest) -> User:
    """Return who makes the request.

    Raises:
        NotSignedIn: nobody has signed in.
    """
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def open_compartments(user: User) -> frozenset[Compartment]:
    """Return the compartments whose content the account reads in its daily work.

    Of one record it may be less, or more in an emergency: `policy.visible` says which statements.
    """
    return compartments_of(user.role) if user.is_active else frozenset()


def compares_blind(user: User) -> bool:
    """Tell whether the account compares children with requests: it learns no more than it must.

    Not who asks nor their words, not where anyone is, and of places no more than the region.
    """
    return may(user, Permission.REVIEW_CANDIDATE)


def tries_today(user: User, *, at: datetime) -> int:
    """How many records the account opened in an emergency, or tried to, in the day before."""
    day = at - timedelta(days=1)
    opened = BreakGlass.objects.filter(account=user, opened_at__gt=day, opened_at__lte=at).count()
    missed = Event.objects.filter(
        actor=user.username, action="access.missed_break_glass", at__gt=day, at__lte=at
    ).count()
    return opened + missed


def is_suspended(user: User, *, at: datetime) -> bool:
    """Tell whether an emergency of this account waits for its review for too long."""
    waiting = BreakGlass.objects.filter(account=user, review__isnull=True)
    return too_late(waiting.aggregate(since=Min("opened_at"))["since"], at)


def read_by(user: User, *, since: datetime, until: datetime) -> QuerySet[Event]:
    """Events by which the account was shown people, in lists too: a list of names is a copy."""
    return Event.objects.filter(
        actor=user.username,
        kind=PERSON,
        action__in=SHOWN,
        at__gte=since,
        at__lt=until,
    )


def files_read(user: User, *, at: datetime) -> int:
    """How many different files the account was shown this day so far; see `files_among`."""
    day = start_of_day(at)
    shown = read_by(user, since=day, until=day + DAY).order_by()
    return files_among(shown.values_list("object_id", flat=True).distinct())


def files_among(ids: Iterable[str]) -> int:
    """How many children, or families who ask, these people are: tracing, above, says so."""
    return int(import_string(settings.FILES_AMONG)(ids))


def usual_days(user: User, *, at: datetime) -> list[int]:
    """How many different files the account was shown on each earlier day of four weeks.

    Nothing of it changes any more today, so it is asked once a day.
    """
    today = start_of_day(at)
    counted: list[int] | None = cache.get_or_set(
        f"usual_days:{user.pk}:{today:%Y-%m-%d}",
        lambda: _counted_by_day(user, today),
        timeout=DAY.total_seconds(),
    )
    return counted or []


def _counted_by_day(user: User, today: datetime) -> list[int]:
    shown = read_by(user, since=today - FOUR_WEEKS, until=today).order_by()
    days: dict[date, set[str]] = defaultdict(set)
    for moment, shown_id in shown.values_list("at", "object_id"):
        days[timezone.localdate(moment)].add(shown_id)
    return [count for ids in days.values() if (count := files_among(ids))]


def start_of_day(at: datetime) -> datetime:
    """Return the midnight before a moment, where the programme is."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def was_told(news: News, *, about: User, at: datetime) -> bool:
    """Tell whether that was told about the account today."""
    day = start_of_day(at)
    told = Notice.objects.filter(news=news, about=about, told_at__gte=day, told_at__lt=day + DAY)
    return told.exists()


def emergencies(*, user: User) -> QuerySet[BreakGlass]:
    """Every record opened in an emergency, those waiting for review first, for who reviews them."""
    if not may(user, Permission.REVIEW_BREAK_GLASS):
        return BreakGlass.objects.none()
    used = BreakGlass.objects.select_related("account", "review__reviewer")
    return used.order_by(F("review__reviewed_at").desc(nulls_first=True), "opened_at")


def emergencies_to_review(*, user: User) -> QuerySet[BreakGlass]:
    """Records opened in an emergency that nobody has reviewed yet, oldest first."""
    return emergencies(user=user).filter(review__isnull=True).order_by("opened_at", "id")


def emergency_on(subject: UUID, *, user: User, at: datetime) -> BreakGlass | None:
    """The emergency in which this account has a record open now, the last one opened."""
    if not may(user, Permission.BREAK_GLASS):
        return None
    standing = standing_grants(at).filter(subject=subject, account=user, way=Way.BREAK_GLASS)
    used = BreakGlass.objects.filter(grant__in=standing).select_related("account", "grant")
    return used.order_by("opened_at").last()


def offices() -> frozenset[str]:
    """The regions in which somebody works."""
    working = User.objects.filter(is_active=True).exclude(region="")
    return frozenset(working.values_list("region", flat=True))


def referrals(*, user: User) -> QuerySet[Referral]:
    """Referrals offered to this account or its office, or by them; newest first."""
    if not may(user, Permission.ANSWER_REFERRAL):
        return Referral.objects.none()
    theirs = Q(to_account=user) | Q(offered_by=user)
    if user.region:
        theirs |= Q(to_region=user.region) | Q(from_region=user.region)
    seen = Referral.objects.filter(theirs).select_related("offered_by", "to_account")
    return seen.prefetch_related("steps__taken_by")


def referrals_to_answer(*, user: User) -> QuerySet[Referral]:
    """Referrals that wait for an answer of this account or its office, oldest first; `is_for`."""
    asked = Q(to_account=user)
    if user.region:
        asked |= Q(to_region=user.region)
    waiting = referrals(user=user).filter(asked, steps__isnull=True)
    return waiting.order_by("offered_at", "id")


def is_for(referral: Referral, user: User) -> bool:
    """Tell whether a referral waits for an answer of this account."""
    asked = referral.to_account_id == user.pk or referral.to_region == user.region != ""
    return asked and not referral.steps.all()


def is_by(referral: Referral, user: User) -> bool:
    """Tell whether this account may take a referral back."""
    of_the_office = referral.from_region == user.region != ""
    steps = {step.step for step in referral.steps.all()}
    return (referral.offered_by_id == user.pk or of_the_office) and steps <= {Answered.ACCEPTED}


def account_named(username: str) -> User:
    """Return an open account by its name, to offer a child to.

    Raises:
        NotFound: there is none.
    """
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def approvals(*, user: User) -> QuerySet[Approval]:
    """What this account asked for, or may answer; newest first."""
    if not may(user, Permission.SEE_APPROVALS):
        return Approval.objects.none()
    kinds = [kind for kind in ApprovalKind if may_answer(user.role, kind)]
    seen = Approval.objects.filter(Q(requester=user) | Q(kind__in=kinds))
    return seen.select_related("requester").prefetch_related("steps__taken_by")


def approvals_to_answer(*, user: User, at: datetime) -> QuerySet[Approval]:
    """What others asked for and this account may still answer, oldest first."""
    open_ones = approvals(user=user).filter(steps__isnull=True, expires_at__gt=at)
    return open_ones.exclude(requester=user).order_by("requested_at", "id")


def notices(*, user: User) -> QuerySet[Notice]:
    """What this account is told, newest first."""
    if not may(user, Permission.SEE_NOTICES):
        return Notice.objects.none()
    return Notice.objects.filter(recipient=user).select_related("about")


def accounts(*, user: User) -> QuerySet[User]:
    """Every account, for whoever administers them; none for anyone else."""
    may_see = may(user, Permission.MANAGE_ACCOUNTS)
    return User.objects.all() if may_see else User.objects.none()


def changes_of(user: User) -> list[tuple[datetime, str, str]]:
    """What an administrator decides upon: when and by whom an account was changed, in order.

    Also that its role, or a reset of its second factor, was asked for or answered. Each with an
    identifier.
    """
    log = Event.objects.filter(object_id=str(user.pk), action__in=CHANGES)
    found = [(event.at, event.actor, str(event.pk)) for event in log]
    for asked in (*grants_of(user=user), *resets_of(user=user)):
        found.append((asked.requested_at, asked.requester.username, str(asked.pk)))
        for step in asked.steps.all():
            who = step.taken_by.username if step.taken_by else ""
            found.append((step.taken_at, who, str(step.pk)))
    return sorted(found)


def version_of_account(user: User) -> str:
    """The version of an account, for whoever administers it."""
    return version_of(user.pk, *(key for _at, _who, key in changes_of(user)))


def second_factors(*, user: User) -> QuerySet[Authenticator]:
    """The account's second factors, oldest first: app, passkeys, recovery codes."""
    return Authenticator.objects.filter(user=user).order_by("created_at", "pk")  # type: ignore[no-any-return]  # allauth publishes no types


def tied_to(*, user: User) -> QuerySet[SocialAccount]:
    """Who of the single sign-on an account belongs to; one at most."""
    return SocialAccount.objects.filter(user=user)  # type: ignore[no-any-return]  # likewise


def open_sessions(*, user: User) -> list[UserSession]:
    """From where the account is signed in, newest first. What has ended is forgotten."""
    kept = UserSession.objects.purge_and_list(user)
    return sorted(kept, key=lambda session: session.created_at, reverse=True)


def resets_of(*, user: User) -> QuerySet[Approval]:
    """What was asked and answered about resetting the account's second factor, newest first."""
    about = Approval.objects.filter(kind=ApprovalKind.MFA_RESET, payload__account=str(user.pk))
    return about.prefetch_related("steps__taken_by").select_related("requester")


def grants_of(*, user: User) -> QuerySet[Approval]:
    """What was asked and answered about the role of an account, newest first."""
    about = Approval.objects.filter(kind=ApprovalKind.ROLE_GRANT, payload__account=str(user.pk))
    return about.prefetch_related("steps__taken_by").select_related("requester")


def waits_for_role(user: User) -> bool:
    """Tell whether a second person has yet to agree to the role of an account that was opened."""
    return user.pk in waiting_among([user])


def waiting_among(users: Iterable[User]) -> set[UUID]:
    """Ids of the accounts that are shut as nobody has agreed to them yet, not as closed."""
    shut = {str(user.pk): user.pk for user in users if not user.is_active}
    log = Event.objects.filter(object_id__in=shut)
    opened = set(log.filter(action="access.opened").values_list("object_id", flat=True))
    were_open = set(log.filter(action__in=WAS_OPEN).values_list("object_id", flat=True))
    return {shut[each] for each in opened - were_open}


def assignments(*, user: User, at: datetime) -> QuerySet[Grant]:
    """Assignments that stand: all, for who gives them; else one’s own. What ends first is first."""
    if not may(user, Permission.ASSIGN):
        return assigned_to(user=user, at=at)
    standing = standing_grants(at).filter(way=Way.ASSIGNED)
    return standing.select_related("account", "given_by").order_by("until", "id")


def assigned_to(*, user: User, at: datetime) -> QuerySet[Grant]:
    """What is assigned to this account now. What ends first is first."""
    own = standing_grants(at).filter(way=Way.ASSIGNED, account=user)
    return own.select_related("account", "given_by").order_by("until", "id")


def assignments_of(
    subjects: Iterable[UUID], *, user: User, at: datetime
) -> dict[UUID, list[Grant]]:
    """The assignments that stand on some records, as far as this account sees them."""
    found: dict[UUID, list[Grant]] = defaultdict(list)
    for grant in assignments(user=user, at=at).filter(subject__in=subjects):
        found[grant.subject].append(grant)
    return found


def last_look(*, user: User) -> datetime | None:
    """Up to when this account has seen what is new; none where it never said so."""
    looks = Look.objects.filter(account=user).order_by("looked_at")
    return looks.values_list("looked_at", flat=True).last()


def given_up_jobs(*, user: User) -> QuerySet[Job]:
    """Work that failed so often that somebody has to look at it, the last given up first."""
    return Job.objects.given_up() if may(user, Permission.SEE_HEALTH) else Job.objects.none()


def mail_fails(*, user: User) -> bool:
    """Tell whether the last mail to this account has not gone out, though it was tried."""
    about = Job.objects.filter(kind__contains="mail", arguments__account=str(user.pk))
    last = about.order_by("enqueued_at", "id").last()
    return last is not None and bool(last.failure) and last.done_at is None
