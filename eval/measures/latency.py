"""How long does an answer take?"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np


def percentiles(milliseconds: Collection[float]) -> dict[str, float]:
    """`p50` and `p95` by linear interpolation; empty for no times."""
    if not milliseconds:
        return {}
    p50, p95 = np.percentile(list(milliseconds), [50, 95])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2)}
