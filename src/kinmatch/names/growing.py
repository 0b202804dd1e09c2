"""An array that grows at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Growing:
    """An array, perhaps mapped from a file, with room made behind it when something is added."""

    def __init__(self, array: NDArray[Any]) -> None:
        self.held = array
        self.count = len(array)

    @property
    def array(self) -> NDArray[Any]:
        """What is there now, without a copy."""
        return self.held[: self.count]

    def extend(self, more: NDArray[Any]) -> None:
        """Add rows at the end; nothing that was handed out before changes."""
        needed = self.count + len(more)
        if needed > len(self.held):
            room = np.empty(
                (max(needed, len(self.held) * 5 // 4 + 256), *self.held.shape[1:]), self.held.dtype
            )
            room[: self.count] = self.array
            self.held = room
        self.held[self.count : needed] = more
        self.count = needed
