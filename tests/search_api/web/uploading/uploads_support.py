"""A service that may be changed, over a small index of its own."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from indexer import build
from indexer.encoders.encoder import EncoderSettings
from search_api.web.app import create_app
from search_api.web.state import State
from search_api.web.uploading.uploads import Uploads
from tests.search_api.support import HashEncoder, write_reports

# Invented.
TEXT = (
    "松果县2025年法治政府建设年度报告\n"
    "一、工作开展情况\n"
    "（一）健全调解网络\n"
    "全年调整充实了{figure}个人民调解组织的调解员。\n"
)


def report_text(figure: int = 57) -> bytes:
    """A small report of one place and year."""
    return TEXT.format(figure=figure).encode()


def changing_app(tmp_path: Path, allow_upload: bool = True) -> tuple[FastAPI, Path]:
    """The app and its index folder. `open_encoder` must be the hash encoder's."""
    data = tmp_path / "index"
    build.add([write_reports(tmp_path)], data, HashEncoder(), EncoderSettings())
    # What the test client calls itself.
    return create_app(data, allow_upload=allow_upload, hosts=["testserver"]), data


def uploads_of(app: FastAPI) -> Uploads:
    """What the app changes its index with."""
    state: State = app.state.govsearch
    assert state.uploads is not None
    return state.uploads
