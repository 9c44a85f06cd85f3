"""Shell completion for bash, zsh and fish, generated from the argparse parser: ``completion SHELL``.

What comes out needs nothing but the shell: no Python is started while somebody types.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence

from bsc_coach.cli.command_tree import CommandNode, CommandOption, command_tree
from bsc_coach.errors import EXIT_FINE

_BASH = """\
# bash completion; made by: bsc-coach completion bash
_bsc_coach() {
    local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" path="" word words=""
    if [ "$current" = "=" ]; then current=""; fi
    if [ "$before" = "=" ]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$path/$word" in
            %(paths)s) path="$path/$word" ;;
        esac
    done
    COMPREPLY=()
    case "$path $before" in
%(values)s
        *)
            case "$path $current" in
%(words)s
            esac ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _bsc_coach bsc-coach
"""
_ZSH = """\
#compdef bsc-coach
# zsh completion; made by: bsc-coach completion zsh
%(functions)s
if [ "$funcstack[1]" = _bsc-coach ]; then _bsc_coach "$@"; else compdef _bsc_coach bsc-coach; fi
"""
_FISH = """\
# fish completion; made by: bsc-coach completion fish
function __bsc_coach_at
    set -l path ""
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if contains -- "$path/$word" %(paths)s
            set path "$path/$word"
        end
    end
    test "$path" = "$argv[1]"
end
%(lines)s
"""


def print_completion(shell: str, parser: argparse.ArgumentParser) -> int:
    """Print the completion file of a shell, generated from ``parser``."""
    writers: Mapping[str, Callable[[CommandNode], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
    print(writers[shell](command_tree(parser)), end="")
    return EXIT_FINE


def bash(tree: CommandNode) -> str:
    """Return a completion function for bash; where it offers nothing, bash offers its file names."""
    values, words = [], []
    for node in tree.walk():
        path = _joined(node)
        for option in node.options:
            if option.metavar:
                # Without known values there are no words: then bash completes file names by itself.
                patterns = "|".join(f'"{path} {name}"' for name in option.names)
                values.append(f'        {patterns}) words="{" ".join(option.values)}" ;;')
        names = [name for option in node.options for name in option.names]
        words.append(f'                "{path} -"*) words="{" ".join(names)}" ;;')
        words.append(f'                "{path} "*) words="{" ".join(_plain_words(node))}" ;;')
    parts = {"paths": "|".join(_paths(tree)), "values": "\n".join(values), "words": "\n".join(words)}
    return _BASH % parts


def zsh(tree: CommandNode) -> str:
    """Return completion functions for zsh, one for each command, with the help of everything beside it."""
    return _ZSH % {"functions": "\n".join(_zsh_function(node) for node in tree.walk())}


def _zsh_function(node: CommandNode) -> str:
    name = "_".join(("_bsc_coach", *node.path))
    specs = [_zsh_option(option) for option in node.options]
    if not node.below:
        for place, argument in enumerate(node.arguments, start=1):
            at = "*" if argument.is_repeated else f"{place}{'' if argument.is_needed else ':'}"
            specs.append(shlex.quote(f"{at}:{_zsh_escaped(argument.metavar)}:{_zsh_action(argument)}"))
        return f"{name}() {{\n    _arguments {_continued(specs)}\n}}"
    specs += ["'1: :->command'", "'*:: :->below'"]
    described = [shlex.quote(f"{inner.path[-1]}:{inner.help}") for inner in node.below]
    return (
        f"{name}() {{\n    local context state state_descr line\n    typeset -A opt_args\n"
        f"    local -a commands=({_continued(described)})\n    _arguments -C {_continued(specs)}\n"
        f"    case $state in\n        command) _describe command commands ;;\n"
        f'        below) (( $+functions[{name}_$words[1]] )) && {name}_$words[1] "$@" ;;\n    esac\n}}'
    )


def _zsh_option(option: CommandOption) -> str:
    """Return an option as _arguments reads it: all of its names shut each other out."""
    shut_out = f"({' '.join(option.names)})" if len(option.names) > 1 else ""
    value = f":{_zsh_escaped(option.metavar)}:{_zsh_action(option)}" if option.metavar else ""
    specs = []
    for name in option.names:
        joined = ("=" if name.startswith("--") else "+") if option.metavar else ""
        specs.append(shlex.quote(f"{shut_out}{name}{joined}[{_zsh_escaped(option.help)}]{value}"))
    return " ".join(specs)


def _zsh_action(option: CommandOption) -> str:
    if option.values:
        return f"({' '.join(option.values)})"
    return "_files" if option.is_path else " "


def _zsh_escaped(text: str) -> str:
    return re.sub(r"([\\\[\]:])", r"\\\1", text)


def _continued(specs: Sequence[str]) -> str:
    return " \\\n        ".join(specs)


def fish(tree: CommandNode) -> str:
    """Return completions for fish, each under the command that it belongs to."""
    lines = [line for node in tree.walk() for line in _fish_lines(node)]
    return _FISH % {"paths": " ".join(_paths(tree)), "lines": "\n".join(lines)}


def _fish_lines(node: CommandNode) -> Iterator[str]:
    condition = f'__bsc_coach_at "{_joined(node)}"'
    here = f"complete -c bsc-coach -n {_fish_quoted(condition)}"
    if not any(argument.is_path for argument in node.arguments):
        yield f"{here} -f"
    for inner in node.below:
        yield f"{here} -a {inner.path[-1]} -d {_fish_quoted(inner.help)}"
    for argument in node.arguments:
        if argument.values:
            yield f"{here} -a {_fish_quoted(' '.join(argument.values))} -d {_fish_quoted(argument.help)}"
    for option in node.options:
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
        )
        takes = ""
        if option.metavar:
            takes = " -r" if option.is_path else f" -x -a {_fish_quoted(' '.join(option.values))}"
        yield f"{here} {names}{takes} -d {_fish_quoted(option.help)}"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _joined(node: CommandNode) -> str:
    return "".join(f"/{word}" for word in node.path)


def _paths(tree: CommandNode) -> list[str]:
    return [_joined(node) for node in tree.walk() if node.path]


def _plain_words(node: CommandNode) -> list[str]:
    below = [one.path[-1] for one in node.below]
    return below + [value for argument in node.arguments for value in argument.values]
