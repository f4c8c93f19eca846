"""The mutation run finds what it names: its modules, its tests, the lines of its named mutants."""

from __future__ import annotations

import tomllib
from pathlib import Path

from mutation.named import NAMED

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]


def test_its_modules_and_tests_exist() -> None:
    named = [*CONFIG["only_mutate"], *CONFIG["pytest_add_cli_args_test_selection"]]
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_each_named_mutant_has_its_line_in_one_module() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in CONFIG["only_mutate"]]
    for function, before, _ in NAMED:
        held = [text for text in texts if before in text and f"def {function}(" in text]
        assert len(held) == 1, (function, before)
