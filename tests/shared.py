"""The real reports and judgements some tests are measured on; a fresh clone runs without them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPORTS = sorted(SHARED.glob("reports/*/*.txt"))

needs_shared = pytest.mark.skipif(
    not REPORTS, reason="the folder `shared` with real reports is not beside the project"
)
