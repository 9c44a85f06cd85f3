"""Exceptions of the program and exit codes; the words for them stand in the message catalogue.

BscCoachError                 anything a person can be told in one sentence
├── UsageError                the command line or an argument makes no sense (exit 2)
├── FolderError               a session folder cannot be made, found, read or written
├── RecordingFaultError       a recorded session does not fit the script of today
├── ScriptErrors              a script has faults; carries every one of them
├── StrategyFileError         a strategy.toml cannot be read
├── ImportFileError           a list or plan that somebody brings cannot be read
├── MissingExtraError         a document needs a library that is an optional extra (exit 2)
├── WordListError           a word list of the coach cannot be read
├── EarError                the second ear of the coach cannot hear
├── TemplateFaultError        a document template cannot be rendered
├── BrandError                the folder of a brand, or a file in it, cannot be used (exit 2)
├── RoomError                 phones cannot be let in at this address
└── DocumentFaultError        a document cannot be made of this strategy

Each carries the key of a sentence in ``prompts/words`` and the values that go into it, so that the
words stay content and a test can look at the kind of failure.
"""

from __future__ import annotations

EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_FAULT = 70
"""A fault of the program itself, as sysexits.h numbers it."""


class BscCoachError(Exception):
    """A failure that a person is told about in one plain sentence with a way out.

    ``key`` names the sentence in the words catalogue; ``values`` fill its places.
    """

    exit_code = EXIT_FINDINGS

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values: dict[str, object] = values

    def values_in(self, language: str) -> dict[str, object]:
        """Return the values for the places of the sentence in ``language``; most are the same in each."""
        return self.values

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({told})"


class UsageError(BscCoachError):
    """What was asked on the command line cannot be meant."""

    exit_code = EXIT_USAGE


class FolderError(BscCoachError):
    """A session folder cannot be made, found, read or written."""


class RecordingFaultError(BscCoachError):
    """A recorded session says something that the script of today does not take."""


class StrategyFileError(BscCoachError):
    """A strategy.toml cannot be read as a strategy."""


class ImportFileError(BscCoachError):
    """A list or plan that somebody brings cannot be read."""


class WordListError(BscCoachError):
    """A file in prompts/lexicon cannot be read as word lists and thresholds."""


class EarError(BscCoachError):
    """The second ear cannot hear: a file in prompts/ear or the library of its extra is damaged."""


class MissingExtraError(BscCoachError):
    """A document format needs a library that was not installed with the program."""

    exit_code = EXIT_USAGE


class RoomError(BscCoachError):
    """A room cannot be opened at an address of this machine."""


class TemplateFaultError(BscCoachError):
    """A document template cannot be rendered."""


class BrandError(BscCoachError):
    """The folder of a brand, or a file in it, cannot be used."""

    exit_code = EXIT_USAGE


class DocumentFaultError(BscCoachError):
    """A document cannot be made of this strategy: it is too large, or its library fails."""
