"""Outputs are whole or not there: drafts, permissions, pipes, long names, kills."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ghgcalc.core.text.whole_files import NotReplaced, write_folder, write_whole

POSIX = pytest.mark.skipif(os.name != "posix", reason="locks, pipes and modes of POSIX")


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".ghgcalc-")]


def test_a_failing_writer_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", "utf-8")

    def fail(draft: Path) -> None:
        draft.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(target, fail)
    assert target.read_text("utf-8") == "old"
    assert drafts(tmp_path) == []


@POSIX
def test_permissions_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", "utf-8")
    target.chmod(0o600)
    seen = []

    def write(draft: Path) -> None:
        draft.write_text("new", "utf-8")
        seen.append(stat.S_IMODE(draft.stat().st_mode))

    write_whole(target, write)
    assert target.read_text("utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert seen == [0o600]  # nobody else reads the draft either


@POSIX
def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    os.mkfifo(target)
    with pytest.raises(NotReplaced, match="no regular file"):
        write_whole(target, lambda draft: draft.write_text("new", "utf-8"))
    assert stat.S_ISFIFO(target.stat().st_mode)


def test_a_name_of_255_bytes_is_written(tmp_path: Path) -> None:
    name = "清" * 83 + "a.json"  # 83 × 3 + 6 = 255 bytes
    write_whole(tmp_path / name, lambda draft: draft.write_text("new", "utf-8"))
    assert (tmp_path / name).read_text("utf-8") == "new"


_HALF = """
import sys, time
from pathlib import Path
from ghgcalc.core.text.whole_files import write_whole

def write(draft):
    draft.write_text("half", "utf-8")
    print("writing", flush=True)
    time.sleep(60)

write_whole(Path(sys.argv[1]), write)
"""


@POSIX
def test_a_killed_run_leaves_the_old_file_and_the_next_sweeps_its_draft(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", _HALF, str(target)], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "writing\n"
        (left,) = drafts(tmp_path)
        write_whole(target, lambda draft: draft.write_text("new", "utf-8"))
        assert drafts(tmp_path) == [left]  # its writer lives
        running.send_signal(signal.SIGKILL)
    assert target.read_text("utf-8") == "new"
    write_whole(target, lambda draft: draft.write_text("newer", "utf-8"))
    assert drafts(tmp_path) == []
    assert target.read_text("utf-8") == "newer"


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    (target / "a.csv").write_text("1", "utf-8")

    def fail(draft: Path) -> None:
        (draft / "a.csv").write_text("2", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_folder(target, fail)
    assert (target / "a.csv").read_text("utf-8") == "1"
    write_folder(target, lambda draft: (draft / "b.csv").write_text("3", "utf-8"))
    assert [path.name for path in target.iterdir()] == ["b.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


_TURNS = """
import sys
from pathlib import Path
from ghgcalc.core.text.whole_files import write_folder, write_whole

def fill(draft):
    for name in ("a.csv", "pack.yaml"):
        (draft / name).write_text(text * 4096, "utf-8")

turn = 0
while True:
    text = str(turn % 10)
    write_folder(Path(sys.argv[1]) / "pack", fill)
    write_whole(Path(sys.argv[1]) / "out.csv", lambda draft: draft.write_text(text * 4096, "utf-8"))
    if not turn:
        print("turning", flush=True)
    turn += 1
"""


@POSIX
def test_whatever_moment_a_run_is_killed_nothing_is_torn(tmp_path: Path) -> None:
    for moment in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", _TURNS, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "turning\n"
            time.sleep(0.003 * moment)
            running.send_signal(signal.SIGKILL)
        assert len(set((tmp_path / "out.csv").read_text("utf-8"))) == 1
        if (tmp_path / "pack").is_dir():  # between two renames it lies beside, whole
            files = [path.read_text("utf-8") for path in (tmp_path / "pack").iterdir()]
            assert len(files) == 2
            assert len(set("".join(files))) == 1
    write_folder(tmp_path / "pack", lambda draft: (draft / "a.csv").write_text("end", "utf-8"))
    write_whole(tmp_path / "out.csv", lambda draft: draft.write_text("end", "utf-8"))
    assert drafts(tmp_path) == []
