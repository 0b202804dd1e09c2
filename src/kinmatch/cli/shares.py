"""A share or probability as an option."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click import Context, Parameter


class Share(click.FloatRange):
    """A number from 0 to 1; "nan" is none, though no comparison refuses it."""

    def __init__(self, *, inside: bool = False) -> None:
        super().__init__(0, 1, min_open=inside, max_open=inside)

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        """Return the number. Fails for what is none, or lies outside."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number
