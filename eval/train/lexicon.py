"""Learns the Chinese words of English phrases from aligned sentences: `search_api/data/english_words.tsv`.

The sentences are public translations of government reports. Only phrases that were found several times
are kept, with their probabilities: no sentence can be read from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from eval.train.alignment import align
from eval.train.phrases import Scored, Side, score
from indexer.simplify import simplify
from indexer.tokenizer import tagged, tokenize
from search_api.retrieval.translate import content_words, dictionary_lines, read_line

LEAST: Final = 3  # how often a pair of phrases must have been found
MOST_CANDIDATES: Final = 6
# Candidates are ranked by p(zh | en) * p(en | zh) ** BACK: 发展 stands for "growth" and for much else.
BACK: Final = 0.5
FAINT: Final = 0.1  # candidates below this part of the best one's rank are left out
# A phrase whose best candidate ranks lower was not learned: one word, and several (whose words may be
# known one by one).
UNSURE_WORD: Final = 0.05
UNSURE_PHRASE: Final = 0.15
_COLUMNS: Final = ("year", "zh", "en")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_MARKS = re.compile(r"[,.;:()\"“”?!](?!\d)")
_HEADER: Final = """\
# Chinese words of English phrases as official translations have them: the stems of an English phrase's content
# words, how often its translations were seen, Chinese words with probabilities (the likeliest first).
# Source: Chinese and English editions of the State Council's reports on the work of the government, {years};
# made by `python -m eval.train lexicon`: aligned word by word, with CC-CEDICT to begin with, and counted.
"""


def read_pairs(path: Path, without: Collection[int] = ()) -> list[tuple[int, str, str]]:
    """Rows `(year, chinese, english)` of a table with the columns year, zh, en.

    Raises ValueError naming the line that can't be read.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != _COLUMNS:
        raise ValueError(f"{path.name}, line 1: the columns year, zh, en are wanted")
    rows: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS) or not cells[0].isdecimal():
            raise ValueError(f"{path.name}, line {number}: a year and two texts are wanted")
        if int(cells[0]) not in without:
            rows.append((int(cells[0]), cells[1], cells[2]))
    return rows


def english_side(text: str) -> Side:
    """The stems of the content words of an English sentence, in the pieces between its marks."""
    words: list[str] = []
    clauses: list[int] = []
    for number, piece in enumerate(_MARKS.split(_THOUSANDS.sub("", text))):
        found = content_words(piece)
        words += found
        clauses += [number] * len(found)
    return Side(tuple(words), tuple(clauses))


def chinese_side(text: str) -> Side:
    """The words of a Chinese sentence; what the index leaves out (marks, 的) ends a piece."""
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for word, _ in tagged(simplify(unicodedata.normalize("NFKC", text)).lower()):
        if _is_indexed(word):
            words.append(word)
            clauses.append(clause)
        else:
            clause += 1
    return Side(tuple(words), tuple(clauses))


@cache
def _is_indexed(word: str) -> bool:
    return bool(tokenize(word))


def known_words(lines: Iterable[str], chinese: Collection[str]) -> dict[tuple[str, str], float]:
    """English stems with those of the Chinese words that a dictionary has them in a gloss of, 0..1.

    The words of a gloss share its weight.
    """
    known: dict[tuple[str, str], float] = {}
    for line in lines:
        simplified = line.partition(" ")[2]
        if simplified.partition(" ")[0].lower() not in chinese:
            continue
        for entry in read_line(simplified):
            for word in entry.words:
                pair = word, entry.headword.lower()
                known[pair] = max(known.get(pair, 0.0), entry.weight / len(entry.words))
    return known


def learn(pairs: Iterable[tuple[str, str]], dictionary: Sequence[str] | None = None) -> list[str]:
    """The lines of the table, from (Chinese, English) sentences; `dictionary`: lines of CC-CEDICT."""
    texts = [(english_side(english), chinese_side(chinese)) for chinese, english in pairs]
    chinese_words = {word for _, chinese in texts for word in chinese.words}
    known = known_words(dictionary_lines() if dictionary is None else dictionary, chinese_words)
    links = align([(english.words, chinese.words) for english, chinese in texts], known)
    found: dict[tuple[str, ...], list[Scored]] = defaultdict(list)
    for each in score(texts, links, LEAST):
        if _is_wanted(each):
            found[each.english].append(each)
    lines = (_line(english, scored) for english, scored in sorted(found.items()))
    return [line for line in lines if line]


def _is_wanted(pair: Scored) -> bool:
    """Figures stand for themselves; Latin words do in Chinese texts too."""
    chinese = "".join(pair.chinese)
    return not (
        chinese.isascii()
        or any(character.isdigit() for character in chinese)
        or all(word[0].isdigit() for word in pair.english)
    )


def _line(english: tuple[str, ...], scored: Sequence[Scored]) -> str:
    """One phrase with its candidates, "" if none is sure enough."""
    ranked = sorted(
        ((each.forth * each.back**BACK, "".join(each.chinese)) for each in scored),
        key=lambda item: (-item[0], item[1]),
    )
    best = ranked[0][0]
    if best < (UNSURE_WORD if len(english) == 1 else UNSURE_PHRASE):
        return ""
    kept = [(value, word) for value, word in ranked if value >= FAINT * best][:MOST_CANDIDATES]
    total = sum(value for value, _ in kept)
    candidates = " ".join(f"{word}={value / total:.3f}" for value, word in kept)
    return f"{' '.join(english)}\t{sum(each.count for each in scored)}\t{candidates}"


def table(lines: Iterable[str], years: Collection[int]) -> str:
    """The file: what it is, then the lines."""
    header = _HEADER.format(years=f"{min(years)} to {max(years)}")
    return header + "\n".join(lines) + "\n"
