"""`govsearch serve`: what it needs before it listens, and what --allow-upload lets it do."""

from __future__ import annotations

from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from indexer.index import Index
from search_api import engine as engine_module
from search_api.cli import serve_command
from search_api.cli.command_line import app
from tests.search_api.support import HashEncoder


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[FastAPI]:
    """The apps that would have been served."""
    apps: list[FastAPI] = []

    def run(app: FastAPI, **options: object) -> None:
        apps.append(app)

    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(uvicorn, "run", run)
    monkeypatch.setattr(serve_command, "open_encoder", open_encoder)
    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)
    return apps


def test_without_an_index_there_is_nothing_to_serve(tmp_path: Path, served: list[FastAPI]) -> None:
    result = CliRunner().invoke(app, ["serve", "--data", str(tmp_path / "new"), "--port", "0"])
    assert result.exit_code == 2
    assert served == []
    assert not (tmp_path / "new").exists()


def test_with_leave_to_upload_an_index_is_made(tmp_path: Path, served: list[FastAPI]) -> None:
    data = tmp_path / "new"
    args = ["serve", "--data", str(data), "--port", "0", "--allow-upload"]
    for _ in range(2):  # made once, then there
        result = CliRunner().invoke(app, args)
        assert result.exit_code == 0
        assert "may add and remove reports" in result.stderr
    with Index.open(data) as index:
        assert (index.generation, index.reports()) == (1, ())
    with TestClient(served[-1], base_url="http://127.0.0.1") as client:
        assert client.post("/api/reports").json()["field"] == "file"  # not: not allowed


def test_another_programs_folder_is_left_alone(tmp_path: Path, served: list[FastAPI]) -> None:
    (tmp_path / "letter.txt").write_text("x")
    args = ["serve", "--data", str(tmp_path), "--port", "0", "--allow-upload"]
    assert CliRunner().invoke(app, args).exit_code == 2
    assert served == []
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_the_help_warns() -> None:
    text = CliRunner().invoke(app, ["serve", "--help"]).stdout
    assert "govsearch serve --data data/new --allow-upload" in text
    assert "Warning" in text


def test_changes_by_a_name_that_it_was_told_of(tmp_path: Path, served: list[FastAPI]) -> None:
    args = ["serve", "--data", str(tmp_path / "new"), "--port", "0", "--allow-upload"]
    result = CliRunner().invoke(app, [*args, "--allowed-host", "Reports.example"])
    assert result.exit_code == 0
    expected = {
        "reports.example": 422,
        "reports.example:8000": 422,
        "127.0.0.1:8000": 422,
        "[::1]:8000": 422,
        "localhost": 422,
        "evil.example": 403,
        "127.0.0.1.evil.example": 403,
    }
    with TestClient(served[-1]) as client:
        for host, status in expected.items():
            response = client.post("/api/reports", headers={"host": host})
            assert (host, response.status_code) == (host, status)
            if status == 403:
                assert response.json()["type"] == "/problems/unknown-host"
