"""What the log tells of: what for, of what kind, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Purpose(models.TextChoices):
    """What a record is read for."""

    REGISTRATION = "registration", _("registering a child")
    TRACING = "tracing", _("finding a family")
    VERIFICATION = "verification", _("verifying that they are a family")
    PROTECTION = "protection", _("keeping a child out of danger")
    MANAGEMENT = "management", _("running the programme")
    OVERSIGHT = "oversight", _("checking how data are used")


class Act(models.TextChoices):
    """What kind of thing was done, for those who look for one kind."""

    READ = "read", _("read")
    LISTED = "listed", _("seen in a list, or found by a search")
    REVEALED = "revealed", _("revealed, opened as a file, or handed out")
    WRITTEN = "written", _("added to or changed")
    DECIDED = "decided", _("compared and judged")
    GIVEN = "given", _("opened to somebody: assigned, referred, in an emergency")
    REFUSED = "refused", _("refused")
    SIGNED_IN = "signed_in", _("signing in, and accounts")
    OVERSEEN = "overseen", _("watched over: the log, approvals, holds, erasures")


# Each action of the log: of what kind it is, and how it is told.
ACTS: Final[Mapping[str, tuple[Act, _StrPromise]]] = {
    "people.read": (Act.READ, _("read")),
    "people.listed": (Act.LISTED, _("seen in a list")),
    "people.found": (Act.LISTED, _("found by name")),
    "people.asked_office": (Act.REVEALED, _("another office asked")),
    "people.answered_office": (Act.REVEALED, _("another office answered")),
    "people.searched": (Act.LISTED, _("searched by name")),
    "people.search_refused": (Act.REFUSED, _("a search refused: too many")),
    "people.looked_alike": (Act.LISTED, _("looked for who is on record already")),
    "people.looked_list_alike": (Act.LISTED, _("looked for who of a list is on record already")),
    "people.opened_list": (Act.READ, _("a list read")),
    "people.handed_out_rows": (Act.REVEALED, _("rows of a list handed out")),
    "people.revealed": (Act.REVEALED, _("revealed after a match was confirmed")),
    "people.opened_file": (Act.REVEALED, _("a file opened")),
    "people.printed_list": (Act.REVEALED, _("a list of children printed")),
    "people.exported": (Act.REVEALED, _("handed out in a file")),
    "tracing.exported": (Act.REVEALED, _("handed out in a file")),
    "tracing.exported_list": (Act.REVEALED, _("a list handed out as a file")),
    "tracing.printed_list": (Act.REVEALED, _("a list of requests or matches printed")),
    "people.handed_out_log": (Act.REVEALED, _("this list handed out")),
    "people.registered": (Act.WRITTEN, _("registered")),
    "people.registered_group": (Act.WRITTEN, _("registered as a group")),
    "people.took_list": (Act.WRITTEN, _("a list taken in")),
    "people.read_list": (Act.WRITTEN, _("said how a list is to be read")),
    "people.mended_row": (Act.WRITTEN, _("a row of a list mended")),
    "people.registered_list": (Act.WRITTEN, _("rows of a list registered")),
    "people.stated": (Act.WRITTEN, _("a statement added")),
    "people.withdrew_statement": (Act.WRITTEN, _("a statement withdrawn")),
    "people.answered_consent": (Act.WRITTEN, _("an answer to the question for consent")),
    "people.attached": (Act.WRITTEN, _("a file added")),
    "casework.took_step": (Act.WRITTEN, _("a step of the case taken")),
    "casework.pushed_step": (Act.WRITTEN, _("a step of the case followed from another room")),
    "casework.withdrew_step": (Act.WRITTEN, _("a step of the case withdrawn")),
    "casework.asked_to_go_on": (Act.WRITTEN, _("asked to go on though a gate refuses")),
    "legal.recorded_document": (Act.WRITTEN, _("a travel document recorded")),
    "legal.recorded_ruling": (Act.WRITTEN, _("what happened before a court recorded")),
    "legal.ordered_duty": (Act.WRITTEN, _("what a court ordered recorded")),
    "legal.finished_duty": (Act.WRITTEN, _("recorded that what a court ordered was done")),
    "legal.assessed": (Act.WRITTEN, _("what is best for the child assessed")),
    "legal.laid_before_panel": (Act.WRITTEN, _("a report laid before the panel")),
    "legal.gave_panel_opinion": (Act.DECIDED, _("an opinion on the report given")),
    "legal.panel_decided": (Act.DECIDED, _("the panel decided")),
    "legal.noted_document": (Act.WRITTEN, _("said why a travel document cannot be used")),
    "legal.checked_name": (Act.WRITTEN, _("the name on a passenger list compared")),
    "people.withdrew_file": (Act.WRITTEN, _("a file withdrawn")),
    "people.answered_for_words": (Act.WRITTEN, _("words that label somebody answered for")),
    "people.held_erasure": (Act.OVERSEEN, _("must be kept for now")),
    "people.lifted_hold": (Act.OVERSEEN, _("need not be kept any longer")),
    "people.let_workings_go": (Act.OVERSEEN, _("let go of what was never registered")),
    "people.erased": (Act.OVERSEEN, _("erased")),
    "people.erased_again": (Act.OVERSEEN, _("erased anew after an old copy came back")),
    "places.added": (Act.WRITTEN, _("a place added")),
    "places.judged": (Act.WRITTEN, _("said which place of the list a place is")),
    "casework.recorded_hold": (Act.WRITTEN, _("a hold recorded")),
    "casework.added_to_hold": (Act.WRITTEN, _("a hold contested, answered or ended")),
    "casework.saw_board": (Act.READ, _("where children wait was counted")),
    "casework.opened_feed": (Act.WRITTEN, _("the address of a calendar made")),
    "casework.closed_feed": (Act.WRITTEN, _("the address of a calendar closed")),
    "casework.read_feed": (Act.READ, _("what is due read by a calendar")),
    "figures.added_source": (Act.WRITTEN, _("a source added")),
    "figures.coded": (Act.WRITTEN, _("a figure coded")),
    "figures.corrected": (Act.WRITTEN, _("a figure corrected")),
    "figures.checked": (Act.DECIDED, _("a figure checked by a second coder")),
    "figures.linked": (Act.WRITTEN, _("two figures linked")),
    "figures.took_back_link": (Act.WRITTEN, _("a link of two figures taken back")),
    "figures.saw_programme": (Act.READ, _("the programme’s own figures were counted")),
    "figures.compared_with_own": (Act.READ, _("figures of others held against our own")),
    "figures.said_meaning": (Act.WRITTEN, _("said which of our figures a figure speaks of")),
    "figures.drafted_release": (Act.WRITTEN, _("a release of figures drafted")),
    "figures.agreed_release": (Act.DECIDED, _("a release of figures agreed and signed")),
    "figures.returned_release": (Act.DECIDED, _("a release of figures turned down")),
    "figures.published_release": (Act.DECIDED, _("figures published")),
    "figures.withdrew_release": (Act.DECIDED, _("published figures withdrawn")),
    "figures.superseded_release": (Act.DECIDED, _("published figures replaced by later ones")),
    "casework.set_task": (Act.WRITTEN, _("a task set")),
    "casework.ended_task": (Act.WRITTEN, _("a task done or withdrawn")),
    "tracing.revealed": (Act.REVEALED, _("revealed after a match was confirmed")),
    "tracing.took_request": (Act.WRITTEN, _("request taken")),
    "tracing.listed": (Act.LISTED, _("seen in a list")),
    "tracing.read": (Act.READ, _("read")),
    "tracing.read_candidates": (Act.READ, _("read")),
    "tracing.matched": (Act.DECIDED, _("compared with all requests")),
    "tracing.asked_to_recompute": (Act.DECIDED, _("asked that everybody is compared anew")),
    "tracing.recomputed": (Act.DECIDED, _("everybody compared anew, a part of them")),
    "tracing.found_candidate": (Act.DECIDED, _("found as a candidate")),
    "tracing.dropped_candidate": (Act.DECIDED, _("no longer a candidate")),
    "tracing.traced": (Act.WRITTEN, _("search recorded")),
    "tracing.ended": (Act.DECIDED, _("search ended")),
    "tracing.reopened": (Act.DECIDED, _("search begun again")),
    "tracing.reviewed": (Act.DECIDED, _("an opinion given")),
    "tracing.judged": (Act.DECIDED, _("a judgement made")),
    "tracing.disputed": (Act.DECIDED, _("opinions differ")),
    "tracing.offered_again": (Act.DECIDED, _("a candidate offered again")),
    "tracing.asked_to_resolve": (Act.DECIDED, _("a decision between claimants asked for")),
    "tracing.resolved": (Act.DECIDED, _("a decision between claimants agreed to or refused")),
    "tracing.asked_to_merge": (Act.DECIDED, _("a judgement on two records asked for")),
    "tracing.answered_merging": (Act.DECIDED, _("a judgement on two records agreed to or refused")),
    "tracing.opened_verification": (Act.WRITTEN, _("verification opened")),
    "tracing.asked_interviewer": (Act.WRITTEN, _("somebody asked to do an interview")),
    "tracing.captured_answers": (Act.WRITTEN, _("answers of an interview captured")),
    "tracing.prepared_line_up": (Act.WRITTEN, _("photographs laid out")),
    "tracing.recorded_pick": (Act.WRITTEN, _("what was pointed at recorded")),
    "tracing.explained": (Act.WRITTEN, _("a disagreement explained")),
    "tracing.requested_dna": (Act.WRITTEN, _("a genetic test asked for")),
    "tracing.reported_dna": (Act.WRITTEN, _("the report of a genetic test recorded")),
    "tracing.recommended": (Act.DECIDED, _("an outcome of a verification recommended")),
    "tracing.decided": (Act.DECIDED, _("a verification decided upon")),
    "tracing.took_back_decision": (Act.DECIDED, _("the decision on a verification taken back")),
    "tracing.undid_judgement": (Act.DECIDED, _("a judgement taken back")),
    "access.assigned": (Act.GIVEN, _("assigned")),
    "access.ended_grant": (Act.GIVEN, _("what was given ended")),
    "access.offered_referral": (Act.GIVEN, _("offered to another office")),
    "access.accepted_referral": (Act.GIVEN, _("taken over by another office")),
    "access.rejected_referral": (Act.GIVEN, _("not taken over by another office")),
    "access.withdrawn_referral": (Act.GIVEN, _("an offer to another office taken back")),
    "access.broke_glass": (Act.GIVEN, _("opened in an emergency")),
    "access.missed_break_glass": (
        Act.REFUSED,
        _("a reference tried in an emergency: nothing there"),
    ),
    "access.reviewed_emergency": (Act.OVERSEEN, _("an emergency reviewed")),
    "access.listed": (Act.LISTED, _("seen in a list")),
    "access.many_read": (Act.REFUSED, _("an alarm: far more children than usual")),
    "access.stopped": (Act.REFUSED, _("stopped: the most children a day allows")),
    "access.requested_approval": (Act.OVERSEEN, _("the approval of a second person asked for")),
    "access.approved": (Act.OVERSEEN, _("approved by a second person")),
    "access.refused": (Act.OVERSEEN, _("refused by a second person")),
    "access.used_approval": (Act.OVERSEEN, _("an approval used")),
    "access.began_key_rotation": (Act.OVERSEEN, _("an exchange of keys begun")),
    "access.rotated_keys": (Act.OVERSEEN, _("keys exchanged")),
    "access.chose_mail": (Act.SIGNED_IN, _("chose whether and how often it is written to")),
    "access.tried_mail": (Act.SIGNED_IN, _("a first mail asked for")),
    "access.mailed": (Act.SIGNED_IN, _("written to about what is new")),
    "access.retried_job": (Act.OVERSEEN, _("a given-up job tried again")),
    "access.opened": (Act.SIGNED_IN, _("account opened")),
    "access.gave_role": (Act.SIGNED_IN, _("a role given, as a second person agreed")),
    "access.closed": (Act.SIGNED_IN, _("account closed")),
    "access.signed_in": (Act.SIGNED_IN, _("signed in")),
    "access.signed_out": (Act.SIGNED_IN, _("signed out")),
    "access.password_refused": (Act.REFUSED, _("a password refused")),
    "access.second_factor_given": (Act.SIGNED_IN, _("a second factor given")),
    "access.second_factor_refused": (Act.REFUSED, _("a second factor refused")),
    "access.second_factor_added": (Act.SIGNED_IN, _("a second factor set up")),
    "access.second_factor_removed": (Act.SIGNED_IN, _("a second factor removed")),
    "access.second_factor_reset": (Act.SIGNED_IN, _("second factors reset")),
    "access.invited": (Act.SIGNED_IN, _("invited")),
    "access.invitation_taken_up": (Act.SIGNED_IN, _("invitation taken up")),
    "access.password_changed": (Act.SIGNED_IN, _("password changed")),
    "access.session_ended": (Act.SIGNED_IN, _("a session ended")),
    "audit.searched": (Act.OVERSEEN, _("the log searched")),
    "audit.refused": (Act.REFUSED, _("asked for in vain")),
    "audit.verified": (Act.OVERSEEN, _("the log checked")),
    "core.backed_up": (Act.OVERSEEN, _("backed up")),
    "core.drilled": (Act.OVERSEEN, _("a backup tried out")),
}
