"""A real browser for tests: the machine's Chromium, driven by Playwright; skipped loudly without one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = ((320, 568), (390, 844), (1280, 800))


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium, and end it afterwards."""
    if CHROMIUM is None:
        print("!!! NOT INSTALLED: chromium. The tests in a real browser are SKIPPED.", file=sys.stderr)
        pytest.skip("there is no chromium here")
    async_api = pytest.importorskip("playwright.async_api")
    async with async_api.async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield started
        finally:
            await started.close()


def axe_source() -> str:
    """Return axe-core, which looks for what keeps people out of a page."""
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


async def violations(page: Page, source: str) -> list[str]:
    """Return what axe finds on a page: the rule, and where.

    It is handed to the browser by its own protocol, past the page's policy, which would not let it in.
    """
    await page.evaluate(source)
    told: dict[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:120]}" for one in told["violations"] for node in one["nodes"]]
