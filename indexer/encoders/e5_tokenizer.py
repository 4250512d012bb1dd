"""How does the bundled model cut text into pieces?

By a `tokenizers` Unigram model. Building it from all 250,002 pieces takes half a second (reading
a tokenizer.json twice that), most of the time to a first vector, and a question needs a few
hundred of them. A unigram cut considers only pieces that occur in the text, so for short texts a
model of just these is built, in a millisecond, and cuts in the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

# Texts with fewer characters than this together are cut with a model of their own pieces.
FEW_CHARACTERS = 2000
SPECIAL = 4  # the first pieces: <s>, <pad>, </s>, <unk>
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


class PieceTokenizer:
    """Cuts texts into token ids; safe to share between threads."""

    def __init__(
        self,
        pieces: Sequence[str],
        scores: Sequence[float],
        unk: int,
        differing: Exceptions,
        max_tokens: int,
    ) -> None:
        self._pieces = pieces
        self._scores = scores
        self._unk = unk
        self._differing = differing
        self._max_tokens = max_tokens
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._longest = max(map(len, pieces))
        # An unknown character costs the least score less a constant: every model needs that piece.
        self._least = min(range(len(scores)), key=scores.__getitem__)
        self._shaping = self._build(range(SPECIAL))
        self._complete: Tokenizer | None = None
        self._building = Lock()

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into ids, with `<s>` and `</s>`, at most `max_tokens` each."""
        tokenizer = self._complete
        if tokenizer is None and sum(map(len, texts)) < FEW_CHARACTERS:
            return self._encode_few(texts)
        if tokenizer is None:
            with self._building:
                tokenizer = self._complete or self._build(range(len(self._pieces)))
                self._complete = tokenizer
        return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]

    def _encode_few(self, texts: Sequence[str]) -> list[list[int]]:
        found = {self._least}
        for text in texts:
            shaped = self._shaping.normalizer.normalize_str(text)
            for word, _ in self._shaping.pre_tokenizer.pre_tokenize_str(shaped):
                found.update(self._within(word))
        used = [*range(SPECIAL), *sorted(found.difference(range(SPECIAL)))]
        tokenizer = self._build(used)
        return [
            [used[token] for token in encoding.ids]
            for encoding in tokenizer.encode_batch_fast(list(texts))
        ]

    def _within(self, word: str) -> Iterator[int]:
        """The ids of all pieces that occur in `word`."""
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self._ids.get(word[start:end])
                if number is not None:
                    yield number

    def _build(self, numbers: Sequence[int]) -> Tokenizer:
        return build_tokenizer(
            [self._pieces[number] for number in numbers],
            [self._scores[number] for number in numbers],
            self._unk,
            self._differing,
            self._max_tokens,
        )
