"""How does the bundled model cut text into pieces?

A `tokenizers` Unigram model is built from the pieces directly: reading the same thing back from a
tokenizer.json takes more than twice as long, and it is most of the time to a first vector.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

# Stands for a character that NFKC must leave alone while NFKC runs; private use, so in no text.
_SHELTER = range(0xF8D0, 0xF8FF)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Where the model's normalisation isn't NFKC: characters dropped, made a space, or kept."""

    dropped: str
    spaced: str
    kept: str


def exceptions(normalisation: Mapping[str, str], pieces: Iterable[str]) -> Exceptions:
    """Compare a normalisation map with NFKC.

    A character that the map leaves alone and NFKC would change matters only where it is a piece
    of its own (`～` is): elsewhere it is unknown to the model either way.
    """
    other = {c: t for c, t in normalisation.items() if unicodedata.normalize("NFKC", c) != t}
    kept = (
        piece
        for piece in pieces
        if len(piece) == 1
        and piece not in normalisation
        and unicodedata.normalize("NFKC", piece) != piece
    )
    return Exceptions(
        dropped="".join(sorted(c for c, text in other.items() if text == "")),
        spaced="".join(sorted(c for c, text in other.items() if text == " ")),
        kept="".join(sorted(kept)),
    )


def build_tokenizer(
    pieces: Sequence[str],
    scores: Sequence[float],
    unk: int,
    differing: Exceptions,
    max_tokens: int,
) -> Tokenizer:
    """Build the tokenizer; pieces 0 and 2 are `<s>` and `</s>`, texts are cut at `max_tokens`."""
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unk))
    shelter = list(zip(differing.kept, map(chr, _SHELTER), strict=False))
    steps: list[normalizers.Normalizer] = []
    if differing.dropped:
        steps.append(normalizers.Replace(Regex(_any_of(differing.dropped)), ""))
    if differing.spaced:
        steps.append(normalizers.Replace(Regex(_any_of(differing.spaced)), " "))
    steps += [normalizers.Replace(character, stand_in) for character, stand_in in shelter]
    steps.append(normalizers.NFKC())
    steps += [normalizers.Replace(stand_in, character) for character, stand_in in shelter]
    steps.append(normalizers.Replace(Regex(" {2,}"), " "))
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _any_of(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(c):X}}}" for c in characters) + "]"
