"""A session in its folder: made, opened again, edited by hand, adopted, and shared with a second opener."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bsc_coach.errors import FolderError, StrategyFileError
from bsc_coach.interview.facts.answers import Accept, Decline, Park, SlotAnswered
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.migration import migrate
from bsc_coach.script.loader import ScriptSource, load_script
from bsc_coach.script.slots import StepId, parse_slot
from bsc_coach.session import listing
from bsc_coach.session.document_on_disk import DOCUMENT
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.listing import recent_folders, remember_folder, session_info, sessions_in
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.session.summary import NAME as SUMMARY
from bsc_coach.session.summary import describe, keep_summary, kept_summary
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment

NAME = parse_slot("organisation.name")
YEAR = parse_slot("organisation.year")
SLOGAN = parse_slot("slogan")
GOODS = parse_slot("goods")
SECOND = (
    BAKERY.replace("version = 1", "version = 2").replace('id = "slogan"', 'id = "tagline"')
    + '\n[[migrate]]\nto = 2\nrename = { "slogan" = "tagline" }\n'
)


def made(folder: Path, toml: str = BAKERY) -> Session:
    """Make a session in which something was said."""
    session = create_session(folder / "bakery", source_of(toml), same_environment("ann"))
    session.do(Accept(NAME, "Korenaar"))
    session.do(Accept(YEAR, 2030))
    session.do(Accept(SLOGAN, "Still warm"))
    session.do(AddItem(GOODS, {StepId("goods.name"): "Rye"}))
    return session


def again(session: Session) -> Session:
    """Close a session and open it anew."""
    session.close()
    return open_session(session.folder, same_environment("ann", ids="j"))


def edit(session: Session, old: str, new: str) -> None:
    """Change strategy.toml as in an editor."""
    path = session.folder / STRATEGY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_said_is_there_when_the_session_is_opened_again(tmp_path: Path) -> None:
    session = made(tmp_path)
    before, actions = session.state, list(session.actions)
    opened = again(session)
    assert opened.actions == actions
    assert opened.state == before
    assert opened.messages == []
    assert opened.plan.answer(NAME) == "Korenaar"


def test_the_journal_replayed_is_the_live_session_after_every_step(tmp_path: Path) -> None:
    session = create_session(tmp_path / "bakery", source_of(BAKERY), same_environment("ann"))
    commands = (
        Accept(NAME, "Korenaar"), Accept(YEAR, "2030"), Park(SLOGAN, "later"), Undo(), Redo(),
        Accept(SLOGAN, "Still\nwarm"), Decline(YEAR, "no plan"), AddItem(GOODS), Accept(NAME, ""),
    )  # fmt: skip
    for command in commands:
        session.do(command)
        reader = open_session(session.folder, same_environment("ann", ids="r"), read_only=True)
        assert reader.state == session.state == fold(session.actions)
        assert reader.strategy() == session.strategy()
        reader.close()


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=1))])
def test_when_a_question_was_shown_is_kept_with_its_answer(zone: timezone, tmp_path: Path) -> None:
    moment = datetime(2026, 11, 18, 8, 55, 3, tzinfo=UTC)
    shown = moment.replace(microsecond=999_999).astimezone(zone)
    session = create_session(tmp_path / "bakery", source_of(BAKERY), same_environment("ann"))
    session.do(Accept(NAME, "Korenaar"), shown=shown)
    session.record([SlotAnswered(YEAR, 2030)], shown=shown)
    session.do(Accept(SLOGAN, "Still warm"))
    assert [action.shown for action in session.actions] == [moment, moment, None]
    lines = (session.folder / JOURNAL).read_bytes().splitlines()
    assert [b'"shown":"2026-11-18T08:55:03Z"' in line for line in lines] == [True, True, False]
    actions, state = list(session.actions), session.state
    opened = again(session)
    assert opened.actions == actions
    assert opened.state == state


def test_what_is_refused_is_not_in_the_journal(tmp_path: Path) -> None:
    session = made(tmp_path)
    before = (session.folder / JOURNAL).read_bytes()
    outcome = session.do(Accept(YEAR, "soon"))
    assert not outcome.accepted
    assert [refusal.key for refusal in outcome.refusals] == ["not_a_year"]
    assert (session.folder / JOURNAL).read_bytes() == before


def test_an_outcome_tells_what_was_touched(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.do(Accept(parse_slot("organisation.ambition"), "Bread at every door"))
    outcome = session.do(Accept(YEAR, 2031))
    assert outcome.accepted
    assert [slot.step for slot in outcome.touched.stale] == ["organisation.ambition"]


def test_what_was_decided_already_is_written_down_as_it_was_decided(tmp_path: Path) -> None:
    session = made(tmp_path)
    command = AddItem(GOODS, {StepId("goods.name"): "Spelt"})
    verdict = session.decide(command)
    outcome = session.do(command, verdict)
    assert outcome.action is not None
    assert outcome.action.do == verdict.events
    refused = session.do(Accept(YEAR, "soon"), session.decide(Accept(YEAR, "soon")))
    assert [refusal.key for refusal in refused.refusals] == ["not_a_year"]


def test_who_typed_is_the_name_given_or_the_scribe_in_the_room(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert session.by == "ann"
    assert session.actions[-1].by == "ann"
    session.do(Accept(NAME, "Bakker"), by="bob")
    assert session.actions[-1].by == "bob"
    assert again(session).actions[-1].by == "bob"


def test_a_session_is_not_made_where_there_is_one_or_from_a_broken_script(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.close()
    with pytest.raises(FolderError) as refused:
        create_session(session.folder, source_of(BAKERY), same_environment("ann"))
    assert refused.value.key == "session.already_there"
    with pytest.raises(FolderError) as refused:
        create_session(tmp_path / "dutch", source_of(BAKERY), same_environment("ann"), language="nl")
    assert refused.value.key == "session.no_such_language"
    with pytest.raises(Exception, match=r".*"):
        create_session(
            tmp_path / "broken", ScriptSource("x.toml", b"not = a script"), same_environment("ann")
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bakery"]


def test_there_is_no_session_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError) as refused:
        open_session(tmp_path, same_environment("ann"))
    assert refused.value.key == "session.none_here"
    assert list(tmp_path.iterdir()) == []


def test_a_second_opener_reads_only_and_is_told_who_has_it(tmp_path: Path) -> None:
    session = made(tmp_path)
    second = open_session(session.folder, same_environment("ann", ids="j"))
    assert second.read_only
    assert "ann" in "\n".join(second.messages)
    with pytest.raises(FolderError):
        second.do(Accept(NAME, "Bakker"))
    assert second.plan.answer(NAME) == "Korenaar"
    second.close()
    session.do(Accept(NAME, "Bakker"))
    opened = again(session)
    assert not opened.read_only
    assert opened.plan.answer(NAME) == "Bakker"


def test_reading_on_purpose_writes_nothing(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.close()
    before = {path: path.read_bytes() for path in session.folder.rglob("*") if path.is_file()}
    reader = open_session(session.folder, same_environment("ann", ids="j"), read_only=True)
    assert reader.read_only
    reader.close()
    assert {path: path.read_bytes() for path in session.folder.rglob("*") if path.is_file()} == before


# Files for people


def test_the_strategy_is_written_and_not_an_edit_of_its_own(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert session.edited_file() is None
    assert session.write_strategy() is None
    assert read_toml((session.folder / STRATEGY).read_bytes()) == session.strategy()
    assert session.edited_file() is None
    assert again(session).edited_file() is None


def test_an_edited_strategy_is_shown_and_taken_as_one_action(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.write_strategy()
    edit(session, "Korenaar", "Korenaar Bakeries")
    session = again(session)
    found = session.edited_file()
    assert found is not None
    assert [(d.kind, d.before, d.now) for d in found.differences] == [
        ("changed", "Korenaar", "Korenaar Bakeries")
    ]
    assert session.plan.answer(NAME) == "Korenaar"
    outcome = session.take_edits(found)
    assert outcome.action is not None
    assert outcome.action.source == "edit"
    assert session.plan.answer(NAME) == "Korenaar Bakeries"
    assert session.edited_file() is None
    opened = again(session)
    assert opened.actions[-1].source == "edit"
    opened.do(Undo())
    assert opened.plan.answer(NAME) == "Korenaar"


def test_only_blanks_and_comments_are_no_edit(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.write_strategy()
    path = session.folder / STRATEGY
    path.write_bytes(b"\xef\xbb\xbf# ours\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert session.edited_file() is None


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a" * 9_000_000, b"format = 9\n", b"name = "])
def test_an_edited_file_that_is_no_strategy_at_all_is_said_and_left_alone(
    tmp_path: Path, data: bytes
) -> None:
    session = made(tmp_path)
    session.write_strategy()
    (session.folder / STRATEGY).write_bytes(data)
    with pytest.raises(StrategyFileError):
        session.edited_file()
    assert session.write_strategy() is None
    assert (session.folder / STRATEGY).read_bytes() == data


@pytest.mark.parametrize("data", [b"[organisation]\nname = ", b'[organisation]\nnmae = "x"\n'])
def test_a_faulty_file_stays_unless_it_is_to_be_put_aside(tmp_path: Path, data: bytes) -> None:
    session = made(tmp_path)
    session.write_strategy()
    (session.folder / STRATEGY).write_bytes(data)
    found = session.edited_file()
    assert found is not None
    assert len(found.faults) == 1
    assert session.file_is_held
    assert session.write_strategy() is None
    assert (session.folder / STRATEGY).read_bytes() == data
    kept = session.write_strategy(aside=True)
    assert kept is not None
    assert kept.read_bytes() == data
    assert not session.file_is_held


def test_a_file_that_was_mended_while_the_session_is_open_waits_until_its_edits_are_taken(
    tmp_path: Path,
) -> None:
    session = made(tmp_path)
    session.write_strategy()
    path = session.folder / STRATEGY
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace('name = "Korenaar"', "name = 3"), encoding="utf-8")
    assert session.write_strategy() is None
    assert "name = 3" in path.read_text(encoding="utf-8")
    path.write_text(sound.replace("Korenaar", "Bakker"), encoding="utf-8")
    assert session.write_strategy() is None
    assert "Bakker" in path.read_text(encoding="utf-8")
    found = session.edited_file()
    assert found is not None
    session.take_edits(found)
    session.do(Accept(YEAR, 2031))
    session.write_strategy()
    assert "2031" in path.read_text(encoding="utf-8")
    assert session.plan.answer(NAME) == "Bakker"
    session.close()


def test_a_document_that_was_edited_is_kept_before_it_is_written_anew(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert session.write_document() == ()
    path = session.folder / DOCUMENT
    edited = path.read_bytes() + b"\nOur own conclusions.\n"
    path.write_bytes(edited)
    session.do(Accept(NAME, "Bakker"))
    (kept,) = session.write_document()
    assert kept.parent == session.folder / ".local"
    assert kept.read_bytes() == edited
    assert b"Bakker" in path.read_bytes()
    assert session.write_document() == ()


def test_what_is_local_stays_out_of_version_control(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert (session.folder / ".local" / ".gitignore").read_text(encoding="utf-8") == "*\n"


# The script


def test_a_session_runs_on_its_own_copy_of_the_script(tmp_path: Path) -> None:
    session = made(tmp_path)
    assert (session.folder / "script.toml").read_bytes() == source_of(BAKERY).base
    assert again(session).script.header.id == "bakery"


def test_a_lost_copy_of_the_script_loses_no_answer(tmp_path: Path) -> None:
    session = made(tmp_path)
    (session.folder / "script.toml").unlink()
    opened = again(session)
    assert opened.messages
    assert opened.script.header.id == "strategy_map"
    assert opened.plan.answer(NAME) == "Korenaar"
    assert SLOGAN in opened.plan.retired()


def adopted(session: Session) -> Session:
    source = source_of(SECOND)
    report = migrate(session.script, load_script(source), session.state)
    assert not report.refused
    assert session.adopt(source, dict(report.renames)).accepted
    return session


def test_another_version_of_the_script_is_adopted_and_keeps_what_was_said(tmp_path: Path) -> None:
    session = adopted(made(tmp_path))
    tagline = parse_slot("tagline")
    for now in (session, again(session)):
        assert now.script.header.version == 2
        assert now.plan.answer(tagline) == "Still warm"
        assert now.plan.retired() == ()
        assert now.plan.answer(NAME) == "Korenaar"


def test_adopting_is_undone_and_redone_with_its_script(tmp_path: Path) -> None:
    session = adopted(made(tmp_path))
    assert session.do(Undo()).accepted
    assert session.script.header.version == 1
    assert session.plan.answer(SLOGAN) == "Still warm"
    session = again(session)
    assert session.script.header.version == 1
    assert session.do(Redo()).accepted
    assert session.script.header.version == 2
    assert again(session).plan.answer(parse_slot("tagline")) == "Still warm"


def test_what_was_said_after_adopting_is_undone_first(tmp_path: Path) -> None:
    session = adopted(made(tmp_path))
    session.do(Accept(parse_slot("tagline"), "Warm"))
    session.do(Undo())
    assert session.script.header.version == 2
    session.do(Undo())
    assert session.script.header.version == 1


def test_adopting_is_not_undone_where_the_old_script_is_gone(tmp_path: Path) -> None:
    session = adopted(made(tmp_path))
    for path in (session.folder / ".local" / "scripts").rglob("*.toml"):
        path.unlink()
    outcome = session.do(Undo())
    assert [refusal.key for refusal in outcome.refusals] == ["script_gone"]
    assert session.script.header.version == 2


# Lists of sessions


def test_sessions_are_listed_with_their_name_and_how_far_they_are(tmp_path: Path) -> None:
    session = made(tmp_path)
    (tmp_path / "other").mkdir()
    assert sessions_in(tmp_path) == [session.folder]
    assert sessions_in(session.folder) == [session.folder]
    assert sessions_in(tmp_path / "nowhere") == []
    info = session_info(session.folder, same_environment("ann", ids="j"))
    assert info == describe(session)
    assert (info.organisation, info.last) == ("Korenaar", "2026-11-18")
    assert info.progress is not None
    assert info.progress.settled == 4


def test_a_session_that_cannot_be_read_is_listed_by_its_folder(tmp_path: Path) -> None:
    session = made(tmp_path)
    session.close()
    (session.folder / "script.toml").write_bytes(b"not a script")
    info = session_info(session.folder, same_environment("ann", ids="j"))
    assert (info.folder, info.organisation, info.progress) == (session.folder, "", None)


def test_a_list_takes_a_summary_and_does_not_open_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made(tmp_path)
    told = describe(session)
    keep_summary(session)
    session.close()
    monkeypatch.setattr(listing, "open_session", lambda *_, **__: pytest.fail("opened whole"))
    assert session_info(session.folder, same_environment("j")) == told


@pytest.mark.parametrize("changed", ["journal", "questions", "summary", "gone"])
def test_a_summary_that_does_not_fit_the_session_any_more_is_none(changed: str, tmp_path: Path) -> None:
    session = made(tmp_path)
    keep_summary(session)
    folder, disk = session.folder, session.environment.disk
    assert kept_summary(folder, disk) == describe(session)
    match changed:
        case "journal":
            session.do(Accept(YEAR, 2031))
        case "questions":
            path = folder / "script.toml"
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        case "summary":
            path = folder / ".local" / SUMMARY
            path.write_bytes(path.read_bytes().replace(b"Korenaar", b"Bakkerij"))
        case _:
            (folder / ".local" / SUMMARY).unlink()
    assert kept_summary(folder, disk) is None
    assert session_info(folder, same_environment("j")) == describe(session)


def test_folders_opened_lately_are_kept_in_a_home_without_any_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / ".local" / "state"))
    session = made(tmp_path)
    remember_folder(session.folder)
    assert recent_folders() == [session.folder.resolve()]


def test_a_session_goes_on_in_another_folder_with_everything_said(tmp_path: Path) -> None:
    session = made(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    assert session.move_to(tmp_path / "elsewhere")
    session.do(Accept(NAME, "Bakker"))
    session.close()
    opened = open_session(tmp_path / "elsewhere", same_environment("ann", ids="j"))
    assert opened.plan.answer(NAME) == "Bakker"
    assert len(opened.actions) == 5
    assert opened.script.header.id == "bakery"
    assert write_toml(opened.strategy()) == write_toml(session.strategy())
