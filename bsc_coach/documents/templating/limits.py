"""What a template of a person's own may cost, and the words between the program and its child."""

from __future__ import annotations

from typing import Final

CPU_SECONDS: Final = 5
MEMORY_BYTES: Final = 700_000_000
WALL_SECONDS: Final = 15
"""Only the last guard, for machines that cannot limit processor time."""

EXIT_FAULT: Final = 3
"""The child ends so when it has a fault to tell, as JSON with ``kind`` and ``values``, in place of text."""

FAULT_LENGTH: Final = 200
