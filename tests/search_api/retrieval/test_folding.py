"""The faster way to Unicode's compatibility form comes to the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.retrieval.folding import nfkc

# Signs, marks that join what stands before them, and what is written in several ways.
_TELLING = "，；：（）！？％\u3000\u0338\u0301\u309a①㈠ﬁ½Ａ가ᄀ한か\u3099e六\uf9d1"


@given(st.text(st.one_of(st.sampled_from(_TELLING), st.characters(exclude_categories=["Cs"]))))
def test_it_is_the_form_of_unicode(text: str) -> None:
    assert nfkc(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("text", "form"), [("增长５％（约）。", "增长5%(约)。"), ("第\u3000一，二；", "第 一,二;")]
)
def test_full_width_signs_become_plain_ones(text: str, form: str) -> None:
    assert nfkc(text) == form
