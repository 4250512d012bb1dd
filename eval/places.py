"""Where do judgements' indexes lie, and where the samples' own questions and baseline?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from eval.collection import index_documents, index_folder
from eval.evaluation import CorpusStamp
from eval.types import JudgedSet
from indexer import build
from indexer.encoders.bundled_model import cache_folder
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.progress import Progress
from search_api.cli.terminal_output import notify
from search_api.engine import Engine, data_folder, open_index
from search_api.web.quality import EVALUATIONS

_HERE = files("eval")
SAMPLE_QUESTIONS: Final = Path(str(_HERE.joinpath("judged", "samples")))
SAMPLE_BASELINE: Final = Path(str(_HERE.joinpath("judged", "samples", "baseline.json")))


@contextmanager
def open_corpus(judged: JudgedSet, data: Path | None, progress: Progress) -> Iterator[Engine]:
    """The engine on the index that a judged set is asked of.

    A collection's own texts are indexed first, into `data` or the user's cache; so are the samples
    for their own questions when no folder is given. Raises GovsearchError.
    """
    if judged.documents:
        folder = data or cache_folder(None) / "collections" / judged.checksum[:16]
        settings = EncoderSettings()
        index_documents(judged, folder, open_encoder(settings, notify), settings, progress)
        folder = index_folder(folder)
    elif data is None and Path(judged.path).resolve() == SAMPLE_QUESTIONS.resolve():
        folder = cache_folder(None) / "collections" / "samples"
        settings = EncoderSettings()
        with as_file(files("corpus").joinpath("samples")) as samples:
            build.add([samples], folder, open_encoder(settings, notify), settings, progress)
    else:
        folder = data_folder(data)
    with open_index(folder) as engine:
        yield engine


def kept_in(judged: JudgedSet, data: Path | None) -> Path | None:
    """Where evaluations of the user's own index are kept, for the page to show; None for others,
    which lie in the cache.
    """
    own = data is not None or Path(judged.path).resolve() != SAMPLE_QUESTIONS.resolve()
    return data_folder(data) / EVALUATIONS if own and not judged.documents else None


def corpus_stamp(engine: Engine) -> CorpusStamp:
    """Which reports, by a checksum over their ids and texts."""
    digest = hashlib.sha256()
    for info in engine.reports():
        digest.update(info.report_id.encode())
        digest.update(hashlib.sha256(engine.text(info.report_id).encode()).digest())
    infos = engine.reports()
    return CorpusStamp(
        reports=len(infos),
        passages=sum(info.passages for info in infos),
        checksum=digest.hexdigest(),
    )
