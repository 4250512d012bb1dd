"""The one object the routes share: the engine of the newest generation, and the metrics."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, Histogram

from search_api.answering.examples import example_questions
from search_api.answering.written.language_model import LanguageModel, LanguageModelSettings
from search_api.comparing.table.topic_examples import example_topics
from search_api.engine import Engine
from search_api.questions.question import Language
from search_api.retrieval.settings import DEFAULTS, RetrievalSettings
from search_api.web.comparisons import Comparisons
from search_api.web.problems import NotReadyError
from search_api.web.quality import Quality
from search_api.web.uploading.uploads import Uploads

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_log = logging.getLogger("govsearch")


class State:
    """Holds the current engine and opens the index again when a new generation has landed."""

    def __init__(
        self,
        data: Path | None,
        engine: Engine | None,
        settings: RetrievalSettings = DEFAULTS,
        language_model: LanguageModelSettings | None = None,
        quality: Quality | None = None,
        allow_upload: bool = False,
        hosts: Collection[str] = (),
    ) -> None:
        if (data is None) == (engine is None):
            raise ValueError("give either the index folder or an engine")
        if allow_upload and data is None:
            raise ValueError("uploads need the index folder")
        self._data = data
        self._engine = engine
        self._settings = settings
        self.language_model = LanguageModel(language_model) if language_model else None
        self.quality = quality or Quality(None)
        # The names, beside addresses and localhost, by which changes may be asked for.
        self.hosts = frozenset(each.lower() for each in hosts)
        # None: nobody may change the index through this service.
        self.uploads = Uploads(data, self.engine) if allow_upload and data is not None else None
        self._lock = threading.Lock()
        self._examples: dict[tuple[int, Language], tuple[str, ...]] = {}
        self._examples_lock = threading.Lock()
        self._topics: dict[tuple[int, Language], tuple[str, ...]] = {}
        self.comparisons = Comparisons()
        self.registry = CollectorRegistry()
        self._stages = Histogram(
            "govsearch_search_stage_seconds",
            "Seconds a search spends in each stage",
            ["stage"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._generation = Gauge(
            "govsearch_index_generation",
            "Generation of the index that is served",
            registry=self.registry,
        )

    def engine(self) -> Engine:
        """The engine of the newest generation. Raises GovsearchError if there is no index."""
        engine = self._engine
        if engine is not None and (self._data is None or engine.index.is_current()):
            return engine
        if self._data is None:
            raise NotReadyError("the service has no index")
        with self._lock:
            # Another request may have opened it while this one waited.
            engine = self._engine
            if engine is None:
                engine = Engine.open(self._data, self._settings)
            elif not engine.index.is_current():
                # The old one is not closed: requests may be reading from it. It goes with them.
                engine = engine.reopened(self._data)
                _log.info("serving generation %d of the index", engine.index.generation)
            self._engine = engine
            self._generation.set(engine.index.generation)
            return engine

    def warm_up(self) -> None:
        """Open the index and load the model, so that the first question doesn't wait for them;
        and look for example questions.
        """
        engine = self.engine()
        self._generation.set(engine.index.generation)
        engine.encoder.encode_queries([""])
        for language in Language:
            self.examples(engine, language)

    def examples(self, engine: Engine, language: Language) -> tuple[str, ...]:
        """Questions that this index answers; tried out once a generation, which takes a second or so."""
        with self._examples_lock:
            key = (engine.index.generation, language)
            if key not in self._examples:
                self._examples = {
                    known: questions
                    for known, questions in self._examples.items()
                    if known[0] == engine.index.generation
                }
                self._examples[key] = example_questions(engine, language)
            return self._examples[key]

    def topics(self, engine: Engine, language: Language) -> tuple[str, ...]:
        """Topics that several of the reports tell of; looked for once a generation, in a moment."""
        key = (engine.index.generation, language)
        found = self._topics.get(key)
        if found is None:
            found = example_topics(engine, language)
            # Those of older generations go; two requests at once find the same.
            self._topics = {
                known: topics for known, topics in self._topics.items() if known[0] == key[0]
            } | {key: found}
        return found

    def observe(self, stages_ms: Mapping[str, float]) -> None:
        """Book a search's stages for /metrics."""
        for stage, ms in stages_ms.items():
            self._stages.labels(stage).observe(ms / 1000)

    def close(self) -> None:
        """Close the index, and the connections to a language model."""
        if self.language_model is not None:
            self.language_model.close()
        if self._engine is not None:
            self._engine.close()
