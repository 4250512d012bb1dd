"""Systems by name, and their settings."""

from __future__ import annotations

import pytest

from corpus.errors import GovsearchError
from eval.systems import DEFAULT_SYSTEM, NAMES, described, parse_system
from search_api.retrieval.retrieve import Mode
from search_api.retrieval.settings import DEFAULTS, Fusion


def test_the_default_system_is_what_search_does() -> None:
    system = parse_system(DEFAULT_SYSTEM)
    assert (system.mode, system.settings) == (Mode.HYBRID, DEFAULTS)


def test_names_and_modes() -> None:
    found = {name: parse_system(name) for name in NAMES}
    assert {name: system.mode for name, system in found.items()} == {
        "lexical": Mode.LEXICAL,
        "dense": Mode.DENSE,
        "hybrid": Mode.HYBRID,
        "hybrid+rerank": Mode.HYBRID,
    }
    assert [name for name, system in found.items() if system.settings.rerank] == ["hybrid+rerank"]


def test_own_settings_come_after_common_ones() -> None:
    system = parse_system("hybrid:fusion=rrf,depth=20", ["depth=50", "place_weight=0"])
    assert system.settings.fusion is Fusion.RRF
    assert (system.settings.depth, system.settings.place_weight) == (20, 0.0)
    assert described(system.settings)["fusion"] == "rrf"
    assert parse_system("hybrid", ["rerank=true"]).settings.rerank is True


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("magic", "--system: 'magic' is none of lexical, dense, hybrid, hybrid[+]rerank"),
        ("hybrid:depth", "--set: 'depth' is not KEY=VALUE"),
        ("hybrid:colour=1", "no setting is called 'colour'; there are .*depth"),
        ("hybrid:depth=many", "depth is a whole number, not 'many'"),
        ("hybrid:place_weight=x", "place_weight is a number, not 'x'"),
        ("hybrid:rerank=maybe", "rerank is true or false, not 'maybe'"),
        ("hybrid:fusion=sum", "fusion is one of convex, rrf, not 'sum'"),
    ],
)
def test_bad_systems(spec: str, message: str) -> None:
    with pytest.raises(GovsearchError, match=message):
        parse_system(spec)
