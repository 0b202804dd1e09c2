"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from kinward.operations.views import (
    amending,
    counting,
    custody,
    manifests,
    people,
    planning,
    printing,
    reconciling,
    signing,
)

ONE = "operations/<uuid:operation_id>/"
AT = "checkpoints/<uuid:checkpoint_id>/"

app_name = "operations"
urlpatterns = [
    path("operations/", planning.operations, name="operations"),
    path("operations/plan/", planning.plan, name="plan"),
    path(ONE, planning.operation, name="operation"),
    path(f"{ONE}children/", planning.put, name="put"),
    path(f"{ONE}children/<uuid:child_id>/off/", planning.take_off, name="take_off"),
    path(f"{ONE}journey/", planning.journey, name="journey"),
    path(f"{ONE}journey/day/", planning.change_day, name="change_day"),
    path(f"{ONE}journey/permit/", planning.record_permit, name="record_permit"),
    path(f"{ONE}journey/leg/", planning.add_leg, name="add_leg"),
    path(f"{ONE}journey/leg/<int:number>/", planning.change_leg, name="change_leg"),
    path(f"{ONE}escorts/", people.escorts, name="escorts"),
    path(f"{ONE}escorts/name/", people.name_escort, name="name_escort"),
    path(f"{ONE}escorts/<uuid:escort_id>/end/", people.end_escort, name="end_escort"),
    path(f"{ONE}receivers/name/", people.name_receiver, name="name_receiver"),
    path(f"{ONE}receivers/<uuid:receiver_id>/agree/", people.agree, name="agree"),
    path(f"{ONE}receivers/<uuid:receiver_id>/withdraw/", people.withdraw, name="withdraw"),
    path(f"{ONE}manifest/", manifests.manifest, name="manifest"),
    path(f"{ONE}manifest/draft/", manifests.draft, name="draft"),
    path(f"{ONE}manifest/<int:number>/sign/", manifests.sign, name="sign"),
    path(f"{ONE}manifest/<int:number>/hand-out/", manifests.hand_out, name="hand_out"),
    path(f"{ONE}manifest/received/", manifests.received, name="received"),
    path(f"{ONE}counts/", counting.counts, name="counts"),
    path(f"{ONE}leave/", counting.leave, name="leave"),
    path(f"{ONE}leave/<uuid:leaving_id>/", counting.went_on, name="went_on"),
    path(f"{ONE}custody/", custody.custody, name="custody"),
    path(f"{ONE}handover/", custody.hand_over, name="hand_over"),
    path(f"{ONE}handover/<uuid:line_id>/", custody.correct, name="correct"),
    path(f"{ONE}minutes/<uuid:minute_id>/sign/", signing.sign, name="sign_minute"),
    path(f"{ONE}minutes/<uuid:minute_id>/paper/", signing.keep_paper, name="keep_paper"),
    path(f"{ONE}minutes/<uuid:minute_id>/scans/<uuid:signed_id>/", signing.scan, name="scan"),
    path(f"{ONE}met/", custody.meet, name="meet"),
    path(f"{ONE}wristbands/", custody.bands, name="bands"),
    path(f"{ONE}paper/", printing.paper, name="paper"),
    path(f"{ONE}paper/file/", printing.paper_file, name="paper_file"),
    path(f"{ONE}reconciliation/", reconciling.reconciliation, name="reconciliation"),
    path(AT, counting.checkpoint, name="checkpoint"),
    path(f"{AT}count/", counting.count, name="count"),
    path(f"{AT}close/", counting.close, name="close"),
    path(f"{AT}amend/", amending.amend, name="amend"),
    path("amendments/<uuid:amendment_id>/answer/", amending.answer, name="answer_amendment"),
    path(f"{AT}settle/<uuid:child_id>/", counting.settle, name="settle"),
    path("children/<uuid:child_id>/journey/", custody.child_journey, name="child_journey"),
]
