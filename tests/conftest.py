"""Options and fixtures that several test modules share."""

from __future__ import annotations

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


@pytest.fixture
def snapshot_update(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are written anew."""
    return bool(request.config.getoption("--snapshot-update"))
