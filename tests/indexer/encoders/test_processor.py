from __future__ import annotations

from pathlib import Path

import pytest

from indexer.encoders.processor import has_int8_instructions


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu sse avx2 avx512f avx512_vnni", True),
        ("fpu avx2 avx_vnni", True),
        ("fpu sse avx avx2 fma", False),
    ],
)
def test_flags_decide(tmp_path: Path, flags: str, expected: bool) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(f"processor\t: 0\nflags\t\t: {flags}\n")
    assert has_int8_instructions(path) is expected


def test_unknown_is_no(tmp_path: Path) -> None:
    assert not has_int8_instructions(tmp_path / "absent")
