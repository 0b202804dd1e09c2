"""How the API says no: the same shape for every operation (RFC 9457)."""

from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """A refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    field: str = Field("", description="The text that is refused, where it is one text.")
    reason: str = Field("", description="label, charge, genetic or face: why it is refused.")


REFUSALS: dict[int, type[Schema]] = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
