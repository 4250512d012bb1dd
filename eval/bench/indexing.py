"""How fast do files become an index, stage by stage?

Reads, parses, embeds and writes all reports of some folders, as `govsearch index` does, into a
temporary index, and prints characters a second for each stage and for all. Then does it again with
one report more and with nothing changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.load import discover, read
from indexer.build import add
from indexer.encoders.encoder import Encoder, EncoderSettings, open_encoder
from indexer.index import Index

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


class Timed:
    """An encoder that adds up the time it takes and the characters it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.seconds = 0.0
        self.texts = 0
        self.characters = 0

    @property
    def identity(self) -> str:
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        started = time.perf_counter()
        vectors = self._encoder.encode_passages(texts, progress)
        self.seconds += time.perf_counter() - started
        self.texts += len(texts)
        self.characters += sum(map(len, texts))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts)


def main(arguments: Sequence[str] = ()) -> None:
    """Index the folders given (default: the sample reports) and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench indexing", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*", default=[SAMPLES], help="reports")
    parser.add_argument("--model", default="bundled", help="the encoder's name or path")
    options = parser.parse_args(arguments)
    settings = EncoderSettings(model=options.model)
    encoder = Timed(open_encoder(settings))
    # What a first use of the encoder and of the readers costs is not a matter of speed.
    encoder.encode_passages(["预热"])
    encoder.seconds, encoder.texts, encoder.characters = 0.0, 0, 0

    files = discover(options.paths).files
    for file in files:  # the first reading loads dictionaries and gazetteers
        read(file)
    started = time.perf_counter()
    reports = [parsed for file in files for parsed in read(file)]
    reading = time.perf_counter() - started
    characters = sum(len(parsed.report.text) for parsed in reports)
    print(f"{len(reports)} reports, {characters:,} characters")

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "index"
        summary = add(options.paths, data, encoder, settings)
        writing = summary.seconds - reading - encoder.seconds
        _show("read and parse", reading, characters)
        _show("embed", encoder.seconds, characters)
        print(
            f"  {encoder.texts:,} texts (passages and sentences) of {encoder.characters:,}"
            f" characters, {encoder.texts / encoder.seconds:,.0f} texts/s"
        )
        _show("write and index", writing, characters)
        _show("all", summary.seconds, characters)
        again = add(options.paths, data, encoder, settings)
        _show(f"again, {len(again.unchanged)} unchanged", again.seconds, characters)
        started = time.perf_counter()
        with Index.open(data) as index:
            opened = time.perf_counter() - started
            passages = sum(info.passages for info in index.reports())
        size = sum(file.stat().st_size for file in data.rglob("*") if file.is_file())
        print(f"opened in {opened * 1000:.0f} ms: {passages:,} passages, {size / 1e6:.1f} MB")
        for skip in summary.skipped:
            print(f"skipped {skip.name}: {skip.reason}")


def _show(stage: str, seconds: float, characters: int) -> None:
    print(f"{stage:<24}{seconds:>8.1f} s {characters / seconds:>12,.0f} characters/s", flush=True)
