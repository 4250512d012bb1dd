"""How fast is our embedding next to sentence-transformers, and what does the speed cost?

Both encode the same texts in turn in one process, several rounds, so that a busy machine slows
both alike; the ratio is the median of the rounds'. The baseline is what its users run: torch
float32 on all cores, batches of 32 sorted by length. With `--judged` or `--qa` the passages are
also searched with questions, and R@10 of both is printed.

    python -m eval.bench.embedding
    python -m eval.bench.embedding --reports DIR --judged DIR
    python -m eval.bench.embedding --qa cmrc2018_dev.json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import openvino
import torch
from numpy.typing import NDArray

from indexer.encoders.bundled_model import ensure_folder
from indexer.encoders.encoder import Encoder, EncoderSettings, open_encoder

PASSAGE_CHARACTERS = 250
SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
SEED = 20260101
DEPTH = 10
_SUBJECTS = ("全县", "各乡镇", "市直部门", "园区企业", "司法行政机关", "卫生系统", "教育部门")
_DEEDS = ("新建", "改造", "办结", "巡查", "培训", "扶持", "修复", "评估", "公开", "调解")
_THINGS = (
    "高标准农田{n}亩，灌溉渠道同步配套",
    "行政复议案件{n}件，按期办结率达到{p}%",
    "社区养老服务站{n}处，服务老人比上年增长{p}%",
    "农村公路{n}公里，通客车的自然村占{p}%",
    "中小企业{n}家，新增就业岗位中高校毕业生占{p}%",
    "各类矛盾纠纷{n}起，化解率为{p}%",
    "规范性文件{n}件，全部完成合法性审核并向社会公布",
)


@dataclass(frozen=True, slots=True)
class Text:
    """A passage: the report it is from and its characters."""

    report: str
    body: str
    named: bool = True

    @property
    def embedded(self) -> str:
        """What is encoded: the report's name first, where it means something."""
        return f"{self.report} {self.body}" if self.named else self.body


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the report its answer is in, and the sentences that hold it."""

    text: str
    report: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contender:
    """An encoder under a name."""

    name: str
    encoder: Encoder


def main(argv: Sequence[str]) -> int:
    """Run the benchmark with the given arguments and print its figures; 0 when all went well."""
    options = _parser().parse_args(argv)
    print(f"processor: {_processor()}; threads: {_threads()}")
    contenders = _contenders(options.precision)
    if options.rounds:
        texts = read_texts(options.reports or [SAMPLES])
        rng = random.Random(SEED)
        texts = rng.sample(texts, min(options.passages, len(texts)))
        texts += synthetic(options.passages - len(texts), rng)
        _race(contenders, [text.embedded for text in texts], options.rounds)
    if options.judged is not None:
        if not options.reports:
            print("--judged wants the folders of its reports: --reports DIR …", file=sys.stderr)
            return 2
        passages = read_texts(options.reports)
        for language in ("zh", "en"):
            questions = read_judged(options.judged / "questions.jsonl", language)
            _compare(f"judged {language}", contenders, passages, questions)
    if options.qa is not None:
        passages, questions = read_qa(options.qa)
        sample = random.Random(SEED).sample(questions, min(options.questions, len(questions)))
        _compare(options.qa.stem, contenders, passages, sample)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench embedding", description=(__doc__ or "").split("\n", 1)[0]
    )
    add = parser.add_argument
    add("--reports", type=Path, nargs="+", help="folders of .txt reports (default: the samples)")
    add("--judged", type=Path, help="folder of questions.jsonl on these reports")
    add("--qa", type=Path, help="a reading-comprehension set in SQuAD layout")
    add("--questions", type=int, default=1000, help="how many of --qa's questions (1000)")
    add("--passages", type=int, default=320, help="how many passages are timed (320)")
    add("--rounds", type=int, default=3, help="how often each is timed (3; 0: not at all)")
    add("--precision", default="auto", help="of the bundled model: auto, float32, int8")
    return parser


def _contenders(precision: str) -> list[Contender]:
    folder = ensure_folder(None, print)
    if folder is None:
        raise SystemExit("the bundled model isn't available on this platform")
    torch.set_num_threads(_threads())
    baseline = open_encoder(EncoderSettings(model=str(folder)))
    ours = open_encoder(EncoderSettings(precision=precision), print)
    print(f"baseline: {baseline.identity}\nours: {ours.identity}")
    return [Contender("sentence-transformers", baseline), Contender("ours", ours)]


def _race(contenders: Sequence[Contender], texts: Sequence[str], rounds: int) -> None:
    characters = sum(map(len, texts))
    print(f"{len(texts)} passages, {characters / len(texts):.0f} characters each, {rounds} rounds")
    vectors = {}
    for contender in contenders:  # the first run loads, compiles and allocates: not timed
        vectors[contender.name] = contender.encoder.encode_passages(texts)
    seconds: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            seconds[contender.name].append(
                _timed(partial(contender.encoder.encode_passages, texts))
            )
    for name, times in seconds.items():
        middle = statistics.median(times)
        each = " ".join(f"{len(texts) / taken:.1f}" for taken in times)
        print(
            f"{name:24s} {len(texts) / middle:8.1f} passages/s {characters / middle:10.0f} "
            f"characters/s   rounds: {each}"
        )
    baseline, ours = (seconds[contender.name] for contender in contenders)
    ratios = [slow / fast for slow, fast in zip(baseline, ours, strict=True)]
    print(f"{'ratio (median of rounds)':24s} {statistics.median(ratios):8.2f}")
    first, second = (vectors[contender.name] for contender in contenders)
    cosine = (first * second).sum(axis=1)
    print(f"cosine of the two: mean {cosine.mean():.5f} least {cosine.min():.5f}")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _compare(
    name: str,
    contenders: Sequence[Contender],
    passages: Sequence[Text],
    questions: Sequence[Question],
) -> None:
    right = [
        [row for row, passage in enumerate(passages) if is_relevant(passage, question)]
        for question in questions
    ]
    found: list[NDArray[np.bool_]] = []
    queries: list[NDArray[np.float32]] = []
    for contender in contenders:
        documents = contender.encoder.encode_passages([text.embedded for text in passages])
        asked = contender.encoder.encode_queries([question.text for question in questions])
        queries.append(asked)
        # A stable sort of the negated scores: equal scores stay in the order of the passages.
        best = np.argsort(-(asked @ documents.T), axis=1, kind="stable")[:, :DEPTH]
        hits = [bool(set(top) & set(rows)) for top, rows in zip(best, right, strict=True)]
        found.append(np.array(hits))
        print(
            f"{name:16s} {contender.name:24s} R@{DEPTH} {found[-1].mean():.4f} "
            f"({len(questions)} questions, {len(passages)} passages)"
        )
    lost = int((found[0] & ~found[1]).sum())
    won = int((found[1] & ~found[0]).sum())
    cosine = (queries[0] * queries[1]).sum(axis=1)
    print(
        f"{name:16s} loss {found[0].mean() - found[1].mean():+.4f} ({lost} lost, {won} won); "
        f"cosine of questions: mean {cosine.mean():.5f} least {cosine.min():.5f}"
    )


def normal(text: str) -> str:
    """Normalise for comparing quotes: NFKC, no white space, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def is_relevant(passage: Text, question: Question) -> bool:
    """Whether a passage holds a quote, lies in one, or holds either end of a long one."""
    if passage.report != question.report:
        return False
    body = normal(passage.body)
    quotes = map(normal, question.quotes)
    return any(
        quote in body
        or (len(body) >= 15 and body in quote)
        or (len(quote) > 40 and (quote[:40] in body or quote[-40:] in body))
        for quote in quotes
    )


def read_texts(folders: Iterable[Path]) -> list[Text]:
    """Cut every .txt file under the folders at sentence ends into about 250 characters."""
    files = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    return [Text(path.stem, body) for path in files for body in cut(_decoded(path))]


def cut(text: str) -> list[str]:
    """Join whole sentences and lines up to PASSAGE_CHARACTERS; a longer sentence stands alone."""
    passages = []
    current = ""
    for sentence in re.split(r"(?<=[。！？\n])", text):
        if current and len(current) + len(sentence) > PASSAGE_CHARACTERS:
            passages.append(current)
            current = ""
        current += sentence.strip()
    return [*passages, current] if current else passages


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def synthetic(count: int, rng: random.Random) -> list[Text]:
    """Make `count` passages in the manner of a report, for want of real ones."""
    made = []
    for number in range(max(0, count)):
        wanted = rng.randint(60, PASSAGE_CHARACTERS)
        body = ""
        while len(body) < wanted:
            thing = rng.choice(_THINGS).format(n=rng.randint(2, 9000), p=rng.randint(50, 999) / 10)
            body += f"{rng.choice(_SUBJECTS)}{rng.choice(_DEEDS)}{thing}。"
        made.append(Text(f"虚构县-{2000 + number % 25}", body))
    return made


def read_judged(path: Path, language: str) -> list[Question]:
    """Read the answerable questions that are asked in `language`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Question(entry[f"question_{language}"], entry["report"], tuple(entry["quotes"]))
        for entry in map(json.loads, lines)
        if entry["kind"] != "unanswerable" and entry.get(f"question_{language}")
    ]


def read_qa(path: Path) -> tuple[list[Text], list[Question]]:
    """Read a SQuAD-like file: its paragraphs, and questions to be answered by their own."""
    passages: list[Text] = []
    questions: list[Question] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = str(len(passages))
            passages.append(Text(name, paragraph["context"], named=False))
            questions += [
                Question(asked["question"], name, (paragraph["context"],))
                for asked in paragraph["qas"]
            ]
    return passages, questions


def _threads() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    name = openvino.Core().get_property("CPU", "FULL_DEVICE_NAME")
    return f"{name} ({platform.machine()})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
