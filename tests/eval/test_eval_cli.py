"""`govsearch eval` from a table of questions to the gate, with an embeddings server of the tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.cli import app
from eval.judgements.read import read_judgements
from eval.places import SAMPLE_QUESTIONS, kept_in
from search_api.web.quality import EVALUATIONS, Quality
from tests.search_api.support import embeddings_server, write_reports

RUNNER = CliRunner()
TABLE = (
    "question,report,quote,question_en\n"
    "云溪县调整充实了多少个人民调解组织？,云溪县-2025,全年调整充实了31个人民调解组织的调解员,"
    "How many mediation organizations were adjusted in Yunxi?\n"
    "石桥县2024年要新建多少公里公路？,石桥县-2024,新建公路40公里,\n"
    "石桥县有多少所大学？,石桥县-2024,,\n"
)


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, ["eval", *map(str, arguments)])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index folder whose embeddings server is running."""
    folder = tmp_path_factory.mktemp("cli")
    write_reports(folder)
    with embeddings_server() as url:
        made = RUNNER.invoke(
            app,
            [
                "index",
                str(folder),
                "--data",
                str(folder / "index"),
                "--model",
                "m",
                "--endpoint",
                url,
            ],
        )
        assert made.exit_code == 0, made.stderr
        yield folder / "index"


@pytest.fixture
def judged(data: Path, tmp_path: Path) -> Path:
    (tmp_path / "q.csv").write_text(TABLE, encoding="utf-8")
    made = run("init", tmp_path / "q.csv", "--out", tmp_path / "judged", "--data", data)
    assert made.exit_code == 0, made.output
    assert "3 questions written" in made.stdout
    return tmp_path / "judged"


def test_from_questions_to_a_report_and_a_gate(data: Path, judged: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(
        "run", judged, "--data", data, "--system", "lexical", "--system", "dense", "--out", out
    )
    assert done.exit_code == 0, done.output
    assert "| lexical |" in done.stdout
    written = {path.name for path in out.iterdir()}
    assert written == {"result.json", "report.md", "report.html", "lexical.trec", "dense.trec"}
    result = json.loads((out / "result.json").read_text("utf-8"))
    assert [system["system"] for system in result["systems"]] == ["lexical", "dense"]
    assert result["judgements"]["queries"] == 4
    assert result["corpus"]["reports"] == 3

    same = run(
        "gate", judged, "--data", data, "--system", "lexical", "--baseline", out / "result.json"
    )
    assert same.exit_code == 0, same.output
    assert "passed" in same.stdout
    beside = run("run", judged, "--data", data, "--system", "dense", "--run", out / "lexical.trec")
    assert "| lexical |" in beside.stdout
    compared = run("compare", out / "result.json", out / "result.json", "--system-b", "dense")
    assert "# dense against lexical" in compared.stdout


def test_a_baseline_is_written_and_a_loss_fails(data: Path, judged: Path, tmp_path: Path) -> None:
    many = judged / "questions.jsonl"
    row = json.loads(many.read_text("utf-8").splitlines()[0])
    rows = [{**row, "id": f"q{n}"} for n in range(8)]
    many.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )
    baseline = tmp_path / "baseline.json"
    made = run("gate", judged, "--data", data, "--baseline", baseline, "--update")
    assert made.exit_code == 0, made.output
    assert str(tmp_path) not in baseline.read_text("utf-8")
    # Turned upside down: places that are named are shut out.
    worse = run("gate", judged, "--data", data, "--baseline", baseline, "--set", "place_weight=-9")
    assert worse.exit_code == 1
    assert "LOSS" in worse.stdout


def test_quotes_that_are_not_found(data: Path, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(
        "question,report,quote\n?,云溪县-2025,没有这句话\n?,石桥县-2024,\n", encoding="utf-8"
    )
    made = run("init", tmp_path / "q.csv", "--out", tmp_path / "o", "--data", data, "--json")
    assert made.exit_code == 1
    assert json.loads(made.stdout)["written"] == 1
    assert json.loads(made.stdout)["not_found"][0]["line"] == 2
    (tmp_path / "q.csv").write_text(
        "question,report,quote\n?,云溪县-2025,没有这句话\n", encoding="utf-8"
    )
    made = run("init", tmp_path / "q.csv", "--out", tmp_path / "p", "--data", data)
    assert made.exit_code == 2
    assert "line 2: the quote is not in 云溪县-2025: '没有这句话'" in made.stderr
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["run", "{judged}", "--data", "{data}", "--system", "magic"],
            "--system: 'magic' is none of",
        ),
        (["run", "{judged}", "--data", "{data}", "--set", "depth=x"], "depth is a whole number"),
        (["run", "{tmp}/nothing"], "nothing: is not there"),
        (
            ["run", "{judged}", "--data", "{data}", "--run", "{judged}/questions.jsonl"],
            "line 1: has",
        ),
        (["run", "{judged}", "--data", "{tmp}/none"], "none"),
        (["gate", "{judged}", "--data", "{data}"], "--baseline: give the result.json"),
        (["gate", "--baseline", "{tmp}/none.json"], "none.json: can't be read"),
        (["compare", "{tmp}/a.json", "{tmp}/b.json"], "a.json: can't be read"),
        (["init", "{tmp}/no.csv", "--out", "{tmp}/o", "--data", "{data}"], "no.csv: can't be read"),
    ],
)
def test_bad_input(
    data: Path, judged: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    filled = [each.format(judged=judged, data=data, tmp=tmp_path) for each in arguments]
    result = run(*filled)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["init", "run", "compare", "gate"])
def test_every_command_has_help_with_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"govsearch eval {command}" in result.stdout


def test_a_collection_brings_its_own_texts(tmp_path: Path) -> None:
    """SQuAD's layout, indexed with the bundled model and asked by words."""
    paragraphs = [
        {
            "id": "p1",
            "context": "栎树是一种落叶乔木。",
            "qas": [{"id": "a", "question": "栎树是什么？"}, {"id": "e", "question": ""}],
        },
        {"id": "p2", "context": "鹭是一种涉禽。", "qas": [{"id": "b", "question": "鹭是什么？"}]},
    ]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    for _ in range(2):  # the second time finds the index
        done = run("run", path, "--data", tmp_path / "index", "--system", "lexical", "--json")
        assert done.exit_code == 0, done.output
        assert (
            f"{path}: questions without a text are left out: 1, the first data[0]." in done.stderr
        )
        result = json.loads(done.stdout)
        assert result["corpus"]["reports"] == 2
        assert result["systems"][0]["measures"]["RR@10"]["mean"] == 1.0


def test_a_collection_is_not_put_into_an_index_of_reports(data: Path, tmp_path: Path) -> None:
    paragraph = {"id": "p", "context": "一段。", "qas": [{"id": "a", "question": "问？"}]}
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}), encoding="utf-8")
    result = run("run", path, "--data", data)
    assert result.exit_code == 2
    assert "holds an index of reports" in result.stderr
    assert not (data / "documents.jsonl").exists()


def test_the_environment_chooses_the_index_of_own_reports(
    data: Path, judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVSEARCH_DATA", str(data))
    done = run("run", judged, "--system", "lexical", "--json")
    assert json.loads(done.stdout)["corpus"]["reports"] == 3


def test_the_samples_are_judged_whatever_the_environment_says(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVSEARCH_DATA", str(data))
    done = run("run", "--system", "lexical", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["corpus"]["reports"] == 14


def test_an_evaluation_of_ones_own_index_is_kept_where_the_page_looks(
    data: Path, judged: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(data, own, ignore=shutil.ignore_patterns(EVALUATIONS))
    done = run("run", judged, "--data", own, "--system", "lexical")
    assert done.exit_code == 0, done.output
    found = Quality(own / EVALUATIONS).read()
    assert (found.count, found.unreadable) == (1, ())
    assert found.latest is not None
    assert found.latest.result.judgements.queries == 4
    assert found.latest.report is not None
    assert [system.system for system in found.latest.result.systems] == ["lexical"]
    assert found.latest.name.removesuffix("/result.json") in done.stderr


def test_where_an_evaluation_is_kept(tmp_path: Path) -> None:
    samples = read_judgements(SAMPLE_QUESTIONS)
    assert kept_in(samples, None) is None
    assert kept_in(samples, tmp_path) == tmp_path / EVALUATIONS
