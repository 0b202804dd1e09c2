"""Genetic tests of a verification: asked for last, and kept as what a laboratory concludes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotFound
from kinward.core.guarding import refuse_words
from kinward.tracing.actions.verifying import UnfitProof, guard, held
from kinward.tracing.models import Candidate, DnaReport, DnaRequest, DnaResult, RelationTested

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a laboratory printed, before it is stored; see models.DnaReport."""

    result: DnaResult
    likelihood_ratio: str
    prior: str
    laboratory: str
    sha256: str


@transaction.atomic
def request_dna(  # noqa: PLR0913 (all that a request says)
    *,
    candidate: Candidate,
    relation: RelationTested,
    offered_first: str,
    consents: str,
    by: User,
    at: datetime,
) -> DnaRequest:
    """Ask for a genetic test: what else was offered first, and who agreed to it, on which form.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        UnfitProof: one of the two is blank.
        WordsRefused: they label a person, or hold what is never kept.
    """
    verification = held(candidate, Permission.RECOMMEND, by=by)
    guard(offered_first)
    guard(consents)
    request = DnaRequest.objects.create(
        verification=verification,
        relation=relation,
        offered_first=offered_first.strip(),
        consents=consents.strip(),
        requested_by=by,
        requested_at=at,
    )
    record("tracing.requested_dna", candidate, by=by, at=at, test=str(request.pk))
    return request


@transaction.atomic
def report_dna(
    *, candidate: Candidate, test: UUID, report: Report, by: User, at: datetime
) -> DnaReport:
    """Record what the laboratory concludes, as printed. Nobody is told of it by this.

    Raises:
        NotAllowed, NotFound: as `open_verification`, or there is no such test.
        UnfitProof: it was reported already.
        WordsRefused: the words hold a profile, or label a person.
    """
    verification = held(candidate, Permission.RECOMMEND, by=by)
    request = DnaRequest.objects.filter(verification=verification, pk=test).first()
    if request is None:
        raise NotFound(_("There is no such test."))
    if DnaReport.objects.filter(request=request).exists():
        raise UnfitProof(_("This test has its report already."))
    for words in (report.likelihood_ratio, report.prior, report.laboratory):
        refuse_words(words, field="report")
    told = DnaReport.objects.create(
        request=request,
        said={
            "result": str(report.result),
            "likelihood_ratio": report.likelihood_ratio,
            "prior": report.prior,
        },
        laboratory=report.laboratory.strip(),
        sha256=report.sha256,
        reported_by=by,
        reported_at=at,
    )
    record("tracing.reported_dna", candidate, by=by, at=at, test=str(request.pk))
    return told
