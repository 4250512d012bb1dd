"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="GOVSEARCH_DATA",
        show_envvar=True,
        help="The index folder.  [default: govsearch in the user's data directory]",
        show_default=False,
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        envvar="GOVSEARCH_LLM_URL",
        show_envvar=True,
        show_default=False,
        help="Base URL of an OpenAI-compatible language model that writes the answers; they are "
        "proven all the same. Its key is read from GOVSEARCH_LLM_KEY.",
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option(
        "--llm-model",
        envvar="GOVSEARCH_LLM_MODEL",
        show_envvar=True,
        show_default=False,
        help="The name of that language model.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
