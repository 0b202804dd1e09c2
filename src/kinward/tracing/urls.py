"""Addresses of the work queue, requests and matches."""

from __future__ import annotations

from django.urls import path

from kinward.tracing.views import (
    claiming,
    interviewing,
    kept,
    matches,
    news,
    requests,
    searching,
    tracing,
    verifying,
    work,
)

app_name = "tracing"
urlpatterns = [
    path("", work.work, name="work"),
    path("news/", news.news, name="news"),
    path("news/seen/", news.seen, name="seen"),
    path("views/keep/", kept.keep, name="keep_view"),
    path("views/<uuid:view_id>/let-go/", kept.let_go, name="let_go_of_view"),
    path("children/claimed/", work.claimed, name="claimed"),
    path("children/unmatched/", work.unmatched, name="unmatched"),
    path("children/<uuid:child_id>/candidates/", matches.child_candidates, name="child_candidates"),
    path("children/<uuid:child_id>/claims/", claiming.claims, name="claims"),
    path("children/<uuid:child_id>/claims/answer/", claiming.answer, name="answer_claims"),
    path("children/<uuid:child_id>/claims/back/", claiming.take_back, name="take_back_claims"),
    path("requests/", requests.requests, name="requests"),
    path("requests/take/", requests.take, name="take"),
    path("requests/<uuid:request_id>/", requests.tracing_request, name="request"),
    path("requests/<uuid:request_id>/words/", requests.answer_for_words, name="answer_for_words"),
    path("requests/<uuid:request_id>/log/", requests.history, name="request_history"),
    path("requests/<uuid:request_id>/consent/", requests.consent, name="consent"),
    path("requests/<uuid:request_id>/receipt/", requests.receipt, name="receipt"),
    path("tracing/", tracing.due, name="tracing_due"),
    path("tracing/<uuid:person_id>/", tracing.search, name="tracing"),
    path("tracing/<uuid:person_id>/end/", tracing.end, name="end_search"),
    path("find/", searching.search, name="search"),
    path("questions/", searching.questions, name="questions"),
    path("questions/ask/", searching.ask, name="ask"),
    path("questions/<uuid:question_id>/answer/", searching.answer, name="answer"),
    path("matches/", matches.matches, name="matches"),
    path("matches/<uuid:candidate_id>/", matches.candidate, name="candidate"),
    path("matches/<uuid:candidate_id>/review/", matches.review, name="review"),
    path("matches/<uuid:candidate_id>/undo/", matches.undo, name="undo"),
    path("matches/<uuid:candidate_id>/reveal/", matches.reveal, name="reveal"),
    path("matches/<uuid:candidate_id>/verify/", verifying.verification, name="verification"),
    path("matches/<uuid:candidate_id>/verify/photographs/", verifying.line_up, name="line_up"),
    path("matches/<uuid:candidate_id>/verify/explain/", verifying.explain, name="explain"),
    path("matches/<uuid:candidate_id>/verify/test/", verifying.dna, name="request_dna"),
    path(
        "matches/<uuid:candidate_id>/verify/test/<uuid:test_id>/",
        verifying.report,
        name="report_dna",
    ),
    path("matches/<uuid:candidate_id>/verify/settle/", verifying.settle, name="settle"),
    path(
        "matches/<uuid:candidate_id>/verify/back/",
        verifying.take_back,
        name="take_back_verification",
    ),
    path("interviews/", interviewing.interviews, name="interviews"),
    path("interviews/<uuid:interview_id>/", interviewing.interview, name="interview"),
    path("interviews/<uuid:interview_id>/photographs/", interviewing.pick, name="pick"),
    path("matches/<uuid:candidate_id>/log/", matches.history, name="candidate_history"),
]
