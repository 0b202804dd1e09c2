"""A candidate for machines: plain values of a stable shape, documented in `reference/explanation`.

Keys are only ever added; if one changes its meaning, `SHAPE` goes up. Sentences stand beside the
values they were made from, in the language asked for, without marks of direction left out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kinmatch.explain.bars import waterfall
from kinmatch.explain.candidate import band
from kinmatch.explain.sentences import Language, say, say_band, say_question, say_whom
from kinmatch.explain.whynot import say_change, say_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinmatch.explain.asking import Question
    from kinmatch.explain.candidate import Candidate, Reason
    from kinmatch.explain.whynot import WhyNot

SHAPE = 1  # of what `as_json` returns


def as_json(
    candidate: Candidate,
    *,
    model: str,
    language: Language = "en",
    questions: Sequence[Question] | None = None,
    instead: WhyNot | None = None,
) -> dict[str, Any]:
    """Return a candidate as plain values, ready for `json.dumps`.

    Args:
        candidate: who may be whom, and why.
        model: the identifier of the model that scored.
        language: of the sentences.
        questions: what to ask next, the best first; left out if None.
        instead: what would have to be true for another to come first; left out if None.
    """
    told: dict[str, Any] = {
        "shape": SHAPE,
        "model": model,
        "language": language,
        "found_id": candidate.found_id,
        "sought_id": candidate.sought_id,
        "by_families": candidate.by_families,
        "prior": candidate.prior,
        "weight": candidate.weight,
        "calibrated": candidate.calibrated,
        "probability": candidate.probability,
        "band": band(candidate.probability),
        "said": say_band(band(candidate.probability), language),
        "reasons": [reason_as_json(reason, language) for reason in candidate.reasons],
        "alignment": [asdict(one) for one in candidate.alignment],
        "waterfall": [
            {"kind": bar.kind, "label": bar.label(language), "from": bar.start, "to": bar.end}
            for bar in waterfall(candidate)
        ],
    }
    if questions is not None:
        told["questions"] = [question_as_json(one, language) for one in questions]
    if instead is not None:
        told["why_not"] = why_not_as_json(instead, language)
    return told


def reason_as_json(reason: Reason, language: Language) -> dict[str, Any]:
    """Return one reason: its values, and the sentence."""
    return asdict(reason) | {"said": say(reason, language)}


def question_as_json(question: Question, language: Language) -> dict[str, Any]:
    """Return one question: what it is about, what it is expected to tell, and the sentences."""
    return asdict(question) | {
        "ask": say_whom(question.whom, question.sought_id, language),
        "said": say_question(question.fact, language),
    }


def why_not_as_json(answer: WhyNot, language: Language) -> dict[str, Any]:
    """Return what would have to be true, each set a list of changes that go together."""
    return {
        "a": answer.a,
        "b": answer.b,
        "weight_a": answer.weight_a,
        "weight_b": answer.weight_b,
        "tried": answer.tried,
        "enough": answer.enough,
        "said": say_sets(answer, language),
        "sets": [
            [asdict(change) | {"said": say_change(change, answer, language)} for change in changes]
            for changes in answer.sets
        ],
    }
