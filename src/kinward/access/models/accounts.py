"""Accounts, their roles, and the compartments that part what is known about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass, Record

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from kinward.access.models.tokens import Token


class Role(models.TextChoices):
    """What someone does in the programme. One account, one role."""

    REGISTRAR = "registrar", _("registrar")
    ENQUIRY_WORKER = "enquiry_worker", _("enquiry worker")
    TRACING_OFFICER = "tracing_officer", _("tracing officer")
    SECOND_REVIEWER = "second_reviewer", _("second reviewer")
    CASE_WORKER = "case_worker", _("case worker")
    PANEL_MEMBER = "panel_member", _("best-interests panel member")
    LEGAL_OFFICER = "legal_officer", _("legal officer")
    OPERATION_LEAD = "operation_lead", _("operation lead")
    ESCORT = "escort", _("escort")
    MEDIC = "medic", _("medic")
    GUARDIANSHIP_OFFICER = "guardianship_officer", _("guardianship officer")
    PROGRAMME_MANAGER = "programme_manager", _("programme manager")
    FIGURES_EDITOR = "figures_editor", _("figures editor")
    SECOND_EDITOR = "second_editor", _("second editor")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    CLOCK = "clock", _("the system itself")  # commands run by a clock; no account has it


class Pace(models.TextChoices):
    """How often an account is written to, at most."""

    NEVER = "never", _("never")
    HOURS = "hours", _("every four hours at most")
    DAY = "day", _("once a day at most")
    WEEK = "week", _("once a week at most")


class Compartment(models.TextChoices):
    """A part of what is known about a person, opened or closed to a role as a whole."""

    IDENTITY = "identity", _("identity")
    FAMILY = "family", _("family")
    LOCATION = "location", _("location")
    LEGAL = "legal", _("legal")
    HEALTH = "health", _("health")
    MOVEMENT = "movement", _("movement")
    EVIDENCE = "evidence", _("evidence")
    STAFF = "staff", _("staff")
    PUBLIC = "public", _("public")


class UserManager(BaseUserManager["User"]):
    """Makes accounts as Django's own commands and tests expect it."""

    def create_user(
        self, username: str, *, password: str | None = None, role: str, **fields: Any
    ) -> User:
        """Store a new account; without a password nobody can sign in with it."""
        user = self.model(username=self.model.normalize_username(username), role=role, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser):
    """An account of one person in one role. Administered by actions; closed, never deleted."""

    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "username": DataClass.IDENTITY,
        "full_name": DataClass.IDENTITY,
        "password": DataClass.SECRET,
        "last_login": DataClass.INTERNAL,
        "role": DataClass.INTERNAL,
        "region": DataClass.INTERNAL,
        "language": DataClass.INTERNAL,
        "mail_address": DataClass.IDENTITY,
        "mail_pace": DataClass.INTERNAL,
        "is_active": DataClass.INTERNAL,
        "opened_at": DataClass.INTERNAL,
    }

    username = models.CharField(
        max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = SealedText(subject="pk", compartment=Compartment.STAFF)
    role = models.CharField(max_length=40, choices=Role)
    region = models.CharField(max_length=20, blank=True)  # code of a place: the office worked for
    language = models.CharField(max_length=10, blank=True)
    mail_address = SealedText(subject="pk", compartment=Compartment.STAFF)  # opens nothing
    mail_pace = models.CharField(max_length=10, choices=Pace, default=Pace.DAY)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True)

    objects = UserManager()

    token: Token | None = None  # by which a machine makes this request for the account

    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role=Role.CLOCK), name="clock_has_no_account"
            ),
        ]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Tell whether this account's role grants the permission: queries.Roles decides."""
        deciding = [backend for backend in get_backends() if hasattr(backend, "has_perm")]
        return any(backend.has_perm(self, perm, obj) for backend in deciding)

    def get_full_name(self) -> str:
        """Return the name to greet and to sign with."""
        return self.full_name or self.username


class UserRequest(HttpRequest):
    """A request of someone who signed in, as every view behind the sign-in gets it."""

    user: User
    htmx: HtmxDetails


def clock() -> User:
    """Return who acts when a command is run by a clock: stored nowhere, signs in nowhere."""
    return User(username="kinward", role=Role.CLOCK)
