"""On a developer's machine a system test that misses its program is skipped; in the continuous check it fails.

Set DONDOC_TESTS_STRICT=1 (``.ci/run`` does) where every part is supposed to be there.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

STRICT = os.environ.get("DONDOC_TESTS_STRICT", "") not in ("", "0")


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        _, _, reason = report.longrepr if isinstance(report.longrepr, tuple) else ("", 0, str(report.longrepr))
        report.longrepr = f"{report.nodeid}: {reason.removeprefix('Skipped: ')} (DONDOC_TESTS_STRICT is set)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """A test that was skipped."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """A module that was skipped as a whole."""
    report = yield
    _fail_if_skipped(report)
    return report
