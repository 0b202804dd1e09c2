"""Everything that can be permitted, by name. Who may what to which records says the table."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that can be permitted."""

    REGISTER_CHILD = "people.register_child"
    SEE_CHILDREN = "people.see_children"
    ADD_STATEMENT = "people.add_statement"
    MAKE_DOCUMENTS = "people.make_documents"  # on paper, of what the role reads
    SEE_LETTERS = "people.see_letters"  # of the programme; writing one takes two
    RECORD_CONSENT = "people.record_consent"
    SEARCH_PEOPLE = "people.search"
    REFER_CHILD = "people.refer_child"
    BREAK_GLASS = "people.break_glass"
    ERASE_PERSON = "people.erase_person"
    HOLD_ERASURE = "people.hold_erasure"
    SEE_ERASURES = "people.see_erasures"
    SET_TASKS = "casework.set_tasks"  # about a record, and be given some
    TAKE_REQUEST = "tracing.take_request"
    SEE_REQUESTS = "tracing.see_requests"
    TRACE = "tracing.trace"
    SEE_CANDIDATES = "tracing.see_candidates"
    REVEAL = "tracing.reveal"
    FIND_CANDIDATES = "tracing.find_candidates"
    REVIEW_CANDIDATE = "tracing.review_candidate"
    UNDO_JUDGEMENT = "tracing.undo_judgement"
    RESOLVE_CLAIMS = "tracing.resolve_claims"
    MERGE_RECORDS = "tracing.merge_records"
    VERIFY = "tracing.verify"
    RECOMMEND = "tracing.recommend"
    INTERVIEW = "tracing.interview"
    EXPORT = "tracing.export"  # a list as a file, once a second person agreed
    SEE_COUNTS = "tracing.see_counts"
    TAKE_STEP = "casework.take_step"
    SEE_BOARD = "casework.see_board"  # where children wait, and how long
    SEE_DUE = "casework.see_due"  # what is due, by whom
    RECORD_PAPERS = "legal.record_papers"
    ASSESS = "legal.assess"  # what is best for a child
    SIT_ON_PANEL = "legal.sit_on_panel"
    SEE_OPERATIONS = "operations.see"  # those one plans, watches or escorts
    SEE_ALL_OPERATIONS = "operations.see_all"  # of the programme, their children by reference
    PLAN_OPERATION = "operations.plan"
    ESCORT = "operations.escort"  # and see the operations one escorts
    READ_MANIFEST = "operations.read_manifest"  # the names on it
    SIGN_MANIFEST = "operations.sign_manifest"
    COUNT = "operations.count"  # at the checkpoints of legs one escorts
    HAND_OVER = "operations.hand_over"  # record handover minutes, and families who met
    LEAD_OPERATION = "operations.lead"  # close what was counted, say who did not go on
    PLACE_CHILD = "placement.place_child"  # find a carer, assess, visit, close
    ASK_REGION = "placement.ask_region"  # to find a home for a child
    SEE_PLACEMENTS = "placement.see"  # how many children wait for a home, and for a visit
    AGREE_TO_RECEIVER = "operations.agree_to_receiver"  # whom another person named
    TREAT = "health.treat"  # keep a child's health, and say what others need to know of it
    READ_LOG = "audit.read_log"
    READ_RECORD_LOG = "audit.read_record_log"
    MANAGE_ACCOUNTS = "access.manage_accounts"
    ASSIGN = "access.assign"
    ANSWER_REFERRAL = "access.answer_referral"
    REVIEW_BREAK_GLASS = "access.review_break_glass"
    SEE_NOTICES = "access.see_notices"
    SEE_APPROVALS = "access.see_approvals"
    NAME_PLACE = "places.name_place"
    SEE_FIGURES = "figures.see"
    CODE_CLAIM = "figures.code_claim"
    CHECK_CLAIM = "figures.check_claim"
    SEE_PROGRAMME = "figures.see_programme"  # what the programme counts of its own children
    SEE_SMALL = "figures.see_small"  # numbers of fewer than five among them
    RELEASE = "figures.release"
    AGREE_RELEASE = "figures.agree_release"  # that somebody else drafted
    USE_DEVICE = "field.use_device"  # enrol a phone, carry a pack, send what was written
    MANAGE_DEVICES = "field.manage_devices"  # invite phones of others, revoke them
    ALLOW_MORE = "field.allow_more"  # that a phone carries whereabouts or relatives' names
    SEE_HEALTH = "core.see_health"  # of the installation
    ROTATE_KEYS = "access.rotate_keys"
