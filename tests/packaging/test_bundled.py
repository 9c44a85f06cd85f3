"""The script that comes with the program: without a fault, and read the short way as the long one."""

from __future__ import annotations

from bsc_coach.interview.checking import examine
from bsc_coach.interview.loading import load_script
from bsc_coach.interview.sources import bundled_source


def test_the_bundled_script_has_no_fault_and_is_read_the_same_without_checking() -> None:
    source = bundled_source()
    examined = examine(source)
    assert examined.problems == ()
    assert load_script(source) == examined.script
