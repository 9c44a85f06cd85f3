"""The script that comes with the program: without a fault, and read the short way as the long one."""

from __future__ import annotations

from bsc_coach.script.loader import load_script
from bsc_coach.script.source import bundled_source
from bsc_coach.script.validation import examine


def test_the_bundled_script_has_no_fault_and_is_read_the_same_without_checking() -> None:
    source = bundled_source()
    examined = examine(source)
    assert examined.problems == ()
    assert load_script(source) == examined.script
