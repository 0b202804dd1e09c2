"""Addresses of a child’s papers."""

from __future__ import annotations

from django.urls import path

from kinward.legal.views import best, civil, courts, documents, formalities

app_name = "legal"
urlpatterns = [
    path("children/<uuid:child_id>/papers/", documents.papers, name="papers"),
    path("children/<uuid:child_id>/papers/document/", documents.record_document, name="document"),
    path(
        "children/<uuid:child_id>/papers/<uuid:document_id>/note/",
        documents.note_document,
        name="note",
    ),
    path(
        "children/<uuid:child_id>/papers/<uuid:document_id>/check/",
        documents.check_name,
        name="check",
    ),
    path("children/<uuid:child_id>/best-interests/", best.best_interests, name="best"),
    path("children/<uuid:child_id>/best-interests/assess/", best.assess, name="assess"),
    path("children/<uuid:child_id>/best-interests/report/", best.report, name="report"),
    path(
        "children/<uuid:child_id>/best-interests/<uuid:report_id>/opinion/",
        best.opinion,
        name="opinion",
    ),
    path(
        "children/<uuid:child_id>/best-interests/<uuid:report_id>/decide/",
        best.decide,
        name="decide",
    ),
    path("children/<uuid:child_id>/papers/court/", courts.open_proceeding, name="proceeding"),
    path(
        "children/<uuid:child_id>/papers/court/<uuid:proceeding_id>/",
        courts.record_ruling,
        name="ruling",
    ),
    path(
        "children/<uuid:child_id>/papers/court/<uuid:proceeding_id>/duty/",
        courts.order_duty,
        name="duty",
    ),
    path(
        "children/<uuid:child_id>/papers/duties/<uuid:duty_id>/done/",
        courts.finish_duty,
        name="duty_done",
    ),
    path("children/<uuid:child_id>/papers/evidence/", civil.evidence, name="evidence"),
    path(
        "children/<uuid:child_id>/papers/evidence/add/",
        civil.record_evidence,
        name="evidence_add",
    ),
    path(
        "children/<uuid:child_id>/papers/evidence/<uuid:item_id>/",
        civil.note_evidence,
        name="evidence_note",
    ),
    path("children/<uuid:child_id>/papers/nationality/", civil.nationality, name="nationality"),
    path("children/<uuid:child_id>/papers/nationality/add/", civil.claim_nationality, name="claim"),
    path(
        "children/<uuid:child_id>/papers/nationality/law/",
        civil.record_legal_fact,
        name="legal_fact",
    ),
    path(
        "children/<uuid:child_id>/papers/nationality/<uuid:nationality_id>/",
        civil.answer_claim,
        name="claim_answer",
    ),
    path(
        "children/<uuid:child_id>/papers/formalities/",
        formalities.formalities,
        name="formalities",
    ),
    path(
        "children/<uuid:child_id>/papers/formalities/add/",
        formalities.need_formality,
        name="formality",
    ),
    path(
        "children/<uuid:child_id>/papers/formalities/<uuid:formality_id>/",
        formalities.record_progress,
        name="progress",
    ),
    path("children/<uuid:child_id>/papers/birth/", formalities.birth, name="birth"),
    path("children/<uuid:child_id>/papers/birth/add/", formalities.record_birth, name="birth_add"),
]
