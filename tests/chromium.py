"""Chromium for the tests that look at pages; on a user's machine without it they say that they were left out."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not CHROMIUM and os.environ.get("CI"):
    raise RuntimeError("CI must have Chromium: .ci/run installs it.")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Left out: this test needs Chromium, which is not on this machine.")
