"""Loaded with `-p tests.no_skips` in CI: a run in which anything did not really run has failed.

Counts what was skipped, expected to fail, or left out by a filter; names each; sets the exit status to 1.
"""

from collections.abc import Sequence
from typing import Any

import pytest

OUTPUT = "did_not_run"
_missing: list[str] = []


def pytest_configure() -> None:
    _missing.clear()


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _missing.append(f"{report.nodeid}: {_reason(report)}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if hasattr(report, "wasxfail"):
        _missing.append(f"{report.nodeid}: marked as expected to fail")
    elif report.skipped:
        _missing.append(f"{report.nodeid}: {_reason(report)}")


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    _missing.extend(f"{item.nodeid}: left out by a filter" for item in items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Of several processes each collects for itself: what a filter left out in one, only that one knows. One that
    crashed says nothing more: what it ran is told as failed."""
    told = getattr(node, "workeroutput", {}).get(OUTPUT, [])
    _missing.extend(line for line in told if line not in _missing)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[OUTPUT] = _missing
    elif _missing and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _missing:
        terminalreporter.section("did not run, which fails this run", red=True)
        for line in _missing:
            terminalreporter.write_line(line)


def _reason(report: pytest.CollectReport | pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else "skipped"
