"""Which names in a row answer?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search_api.answering.reading.enumerations import Enumeration, enumerations
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.sentence_features import SentenceCandidate
from search_api.answering.reading.sentence_reader import LIMIT, silence_of
from search_api.answering.reading.value_features import Compared
from search_api.answering.reading.wording import Wording
from search_api.questions.plan import Operation, Plan
from search_api.results import Hit
from search_api.retrieval.characters import characters
from search_api.retrieval.figure_fit import sense_match

# The parts of a row's score. The likeness of its sentence and the question's words around the row
# count most; how many names there are is asked for outright; what the names are called (县, 园区) and
# names that the question names itself speak for and against.
_LIKENESS: Final = 1.5
_CLAUSE: Final = 2.0
_SENTENCE: Final = 1.0
_AS_MANY: Final = 1.2
_NOT_AS_MANY: Final = 0.8
_CALLED: Final = 0.6
_NAMED: Final = 1.5
# What sums the row up (三条古道保护) in the question's words; a term of the question that the row
# explains (“三个必须”：…); a plan or a result, as the question wants.
_SUMMED: Final = 0.8
_DEFINED: Final = 1.5
_SENSE: Final = 0.3
# Below this the row is about something else, and the sentence answers better.
LEAST: Final = 1.0

_EXCLUDED: Final = re.compile(r"除了?(?P<names>[^，,？?。]*?)(?:以外|之外|外|这|两|[，,]|还)")


@dataclass(frozen=True, slots=True)
class ListCandidate:
    """A row of names of a hit. Higher scores are better."""

    hit: Hit
    row: int
    found: Enumeration
    names: tuple[str, ...]
    score: float


def read_list(hits: Sequence[Hit], compared: Compared) -> Reading | None:
    """The names that answer; None where no row of names is about what is asked."""
    rows = list_candidates(hits, compared.plan, compared.wording)
    if not rows or rows[0].score < LEAST:
        return None
    best = rows[0]
    silence = silence_of(SentenceCandidate(best.hit, best.row, best.found.sentence), compared)
    return Reading(
        operation=Operation.LIST,
        answer="、".join(best.names),
        places=(Place(best.hit, best.found.sentence),),
        silence=silence,
        chance=1.0 - silence,
        limit=LIMIT,
    )


def list_candidates(hits: Sequence[Hit], plan: Plan, wording: Wording) -> list[ListCandidate]:
    """All rows of names of the hits, best first. Names that the question rules out (除了) are left out."""
    question = plan.text
    excluded = _EXCLUDED.search(question)
    ruled_out = excluded["names"] if excluded else ""
    top = max((like for hit in hits for like in hit.likeness), default=0.0)
    found: list[ListCandidate] = []
    for hit in hits:
        start = hit.citation.start
        for row, span in enumerate(hit.sentences):
            sentence = hit.text[span.start - start : span.end - start]
            like = hit.likeness[row] - top if hit.likeness else 0.0
            about = wording.share(sentence + "".join(hit.heading_path))
            for each in enumerations(sentence, span.start):
                names = tuple(n for n in each.names if not ruled_out or n not in ruled_out)
                if len(names) < 2 and not (names and ruled_out):
                    continue
                if any(len(name) < 2 for name in names):
                    continue  # 第十三、十四届: characters in a row are no names
                score = _LIKENESS * like + _SENTENCE * about
                score += _fit(each, names, plan, wording, outright=not ruled_out)
                score += _DEFINED * _defined(each, hit, question)
                score += _SENSE * sense_match(plan, hit.heading_path, each.clause)
                found.append(ListCandidate(hit, row, each, names, score))
    return sorted(found, key=lambda c: (-c.score, c.hit.rank, c.row, c.found.items[0].start))


def _fit(
    found: Enumeration,
    names: Sequence[str],
    plan: Plan,
    wording: Wording,
    outright: bool,
) -> float:
    around = characters(found.clause) | characters(found.lead)
    score = _CLAUSE * wording.share_of(around)
    if plan.items is not None:
        score += _AS_MANY if plan.items in (len(names), len(found.names)) else -_NOT_AS_MANY
    noun = characters(plan.noun)
    if noun and noun & characters("".join(name[-1] for name in names) + found.clause):
        score += _CALLED * len(noun & characters(found.clause)) / len(noun)
    tail = characters(found.tail[:_TAIL])
    score += _SUMMED * len(tail & wording.letters) / max(_LEAST_TAIL, len(tail))
    named = sum(name in plan.text for name in names) / len(names)
    return score - _NAMED * named * outright


# How much of what follows a row says what it is; shorter ones are no evidence.
_TAIL: Final = 12
_LEAST_TAIL: Final = 4
_TERM: Final = re.compile(r"[“‘「《\"]([^”’」》\"]{2,16})[”’」》\"]")


def _defined(found: Enumeration, hit: Hit, question: str) -> float:
    """1 if the row explains a term that the question names in quotation marks."""
    inner = hit.heading_path[-1] if hit.heading_path else ""
    before = f"{found.lead}{found.clause}"
    for term in _TERM.findall(question):
        explained = re.search(f"{re.escape(term)}{_EXPLAINS}", before)
        if explained or (term in inner and len(inner) <= len(term) + _SHORT_HEADING):
            return 1.0
    return 0.0


_EXPLAINS: Final = r"[”’」》\"]?(?:［\d+］|\[\d+\])?，?(?:：|:|是指?|指|即|包括)"
# A glossary's entry: the term with its number and marks, no more.
_SHORT_HEADING: Final = 6
