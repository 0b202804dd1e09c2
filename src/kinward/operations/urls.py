"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from kinward.operations.views import counting, custody, printing, reconciling

app_name = "operations"
urlpatterns = [
    path("operations/<uuid:operation_id>/counts/", counting.counts, name="counts"),
    path("operations/<uuid:operation_id>/leave/", counting.leave, name="leave"),
    path(
        "operations/<uuid:operation_id>/leave/<uuid:leaving_id>/",
        counting.went_on,
        name="went_on",
    ),
    path("checkpoints/<uuid:checkpoint_id>/", counting.checkpoint, name="checkpoint"),
    path("checkpoints/<uuid:checkpoint_id>/count/", counting.count, name="count"),
    path("checkpoints/<uuid:checkpoint_id>/close/", counting.close, name="close"),
    path(
        "checkpoints/<uuid:checkpoint_id>/settle/<uuid:child_id>/",
        counting.settle,
        name="settle",
    ),
    path("operations/<uuid:operation_id>/custody/", custody.custody, name="custody"),
    path("operations/<uuid:operation_id>/handover/", custody.hand_over, name="hand_over"),
    path(
        "operations/<uuid:operation_id>/handover/<uuid:line_id>/",
        custody.correct,
        name="correct",
    ),
    path("operations/<uuid:operation_id>/met/", custody.meet, name="meet"),
    path("operations/<uuid:operation_id>/wristbands/", custody.bands, name="bands"),
    path("operations/<uuid:operation_id>/paper/", printing.paper, name="paper"),
    path("operations/<uuid:operation_id>/paper/file/", printing.paper_file, name="paper_file"),
    path(
        "operations/<uuid:operation_id>/reconciliation/",
        reconciling.reconciliation,
        name="reconciliation",
    ),
    path("children/<uuid:child_id>/journey/", custody.journey, name="journey"),
]
