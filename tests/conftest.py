"""Options and fixtures that several test modules share."""

from __future__ import annotations

import gc
import shutil

import pytest
from hypothesis import HealthCheck, settings

# a busy machine is no fault of a test: neither its pace nor a deadline fails one
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshot-update",
        action="store_true",
        help="write expected texts anew instead of comparing them",
    )


def pytest_report_header() -> str:
    """Say by what workbooks are recalculated in this run."""
    office = "and by LibreOffice" if shutil.which("soffice") else "LibreOffice is not installed"
    return f"workbooks: recalculated by tests/support/workbook_formulas.py, {office}"


def pytest_collection_finish() -> None:
    """Keep what collection made out of every later search for cycles: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take `support.companies.compute_once` in the place of `compute`."""
    from support.companies import compute_once

    monkeypatch.setattr("ghgcalc.pipeline.run.compute", compute_once)


@pytest.fixture
def snapshot_update(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are written anew."""
    return bool(request.config.getoption("--snapshot-update"))
