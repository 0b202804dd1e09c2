"""How the API says no: the same shape for every operation (RFC 9457)."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Schema
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
# What an operation that writes answers beside: a body that is no JSON, a rule of the work.
WRITING: dict[int, type[Schema]] = {400: Problem, 409: Problem}
# Text as databases keep it. Lengths are in characters.
WHOLE = r"^[^\x00]*$"
Named = Annotated[str, Field(strict=True, max_length=200, pattern=WHOLE)]
Code = Annotated[str, Field(strict=True, max_length=35, pattern=WHOLE)]
Words = Annotated[str, Field(strict=True, max_length=4_000, pattern=WHOLE)]
Reason = Annotated[str, Field(strict=True, min_length=1, max_length=4_000, pattern=WHOLE)]
After = Annotated[UUID | None, Query(description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
