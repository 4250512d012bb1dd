"""Options that several commands of `govsearch eval` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# GOVSEARCH_DATA is looked at only where reports of the user's own are judged: the samples and
# collections have indexes of their own.
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="The index folder.  [default: for the samples and for collections one in the user's "
        "cache, else GOVSEARCH_DATA or govsearch in the user's data directory]",
        show_default=False,
    ),
]
Judgements = Annotated[
    Path | None,
    typer.Argument(
        metavar="[JUDGEMENTS]",
        help="A folder with questions.jsonl (ours) or corpus.jsonl, queries.jsonl and qrels/ "
        "(BEIR), a .json file in SQuAD's layout, or a TREC qrels file (with --topics). "
        "[default: the samples' own questions]",
        show_default=False,
    ),
]
Systems = Annotated[
    list[str] | None,
    typer.Option(
        "--system",
        help="lexical, dense, hybrid or hybrid+rerank, with settings of its own after a colon: "
        "hybrid:fusion=rrf,depth=50. May be repeated; the first is the baseline. "
        "[default: hybrid+rerank, which is what search does]",
        show_default=False,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A retrieval setting for all systems."),
]
Topics = Annotated[
    Path | None,
    typer.Option(help="The questions of TREC qrels: id, tab, text a line."),
]
Split = Annotated[
    str | None,
    typer.Option(help="Which qrels of a BEIR folder. [default: test]", show_default=False),
]
