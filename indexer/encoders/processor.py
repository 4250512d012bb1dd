"""What can this processor do? Decides the precision the bundled model runs in."""

from __future__ import annotations

import contextlib
from pathlib import Path

# Instructions that multiply 8-bit numbers into 32 bits. Without them int8 is slower than float32
# (seen on AVX2 alone: 17 against 20 passages/s), and its 16-bit sums can overflow.
_INT8_FLAGS = {"avx512_vnni", "avx_vnni", "amx_int8"}


def has_int8_instructions(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor gains from int8; False where that can't be told."""
    with contextlib.suppress(OSError):
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("flags"):
                return not _INT8_FLAGS.isdisjoint(line.split())
    return False
