"""Helpers that tests of several parts of the program share; what one part alone needs lies beside its tests.

Time and ids: ``clock``. Sessions: ``sessions`` (an environment, new ones, the recorded one up to a command),
``scripts`` and ``room`` (a small script, answered through the engine alone), ``riverbend`` (the recorded
session through the engine alone). People: ``people`` (a person who types into a talk), ``typing_riverbend``
(the recorded answers as lines), ``playing`` (any script to its end). Front ends: ``cli`` (the program as a
process, in a terminal or in place), ``app`` (the Textual app headless). Disks: ``memory_disk``,
``faulty_disk``, ``broken_journals``, ``journals``. Data: ``strategies``, ``hostile``, ``maps``,
``any_scripts``, ``any_strategies``, ``oracles``, ``odd_scripts``, ``faulty_scripts``, ``golden_wordings``.
"""
