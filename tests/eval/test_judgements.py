"""Readers of judgements: every layout once, and every mistake named with its file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.errors import JudgementError
from eval.judgements.read import read_judgements
from eval.judgements.trec import of_reports, read_qrels, read_run, read_trec, write_run
from eval.types import JudgedSet, Ranked, Run, Unit

QUESTION: dict[str, Any] = {
    "id": "one",
    "report": "r",
    "kind": "number",
    "question_zh": "多少个？",
    "question_en": "How many?",
    "answers": ["5个"],
    "quotes": ["共有5个。"],
    "named": True,
}


def lines(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n"
        for row in rows
    )
    path.write_text(text, encoding="utf-8")
    return path


def beir(folder: Path) -> Path:
    lines(
        folder / "corpus.jsonl",
        {"_id": "d1", "title": "", "text": "甲"},
        {"_id": "d2", "text": "乙"},
    )
    lines(folder / "queries.jsonl", {"_id": "q1", "text": "?a"}, {"_id": "q2", "text": "?b"})
    lines(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\td2\t0")
    return folder


def test_spans_have_a_query_for_each_language(tmp_path: Path) -> None:
    lines(tmp_path / "questions.jsonl", QUESTION, {**QUESTION, "id": "two", "question_en": ""})
    judged = read_judgements(tmp_path)
    assert judged.unit is Unit.EVIDENCE
    assert [q.query_id for q in judged.queries] == ["one:zh", "one:en", "two:zh"]
    assert judged.lines == {"one:zh": 1, "one:en": 1, "two:zh": 2}
    first = judged.queries[0]
    assert (first.language, first.report_id, first.answers, first.named) == (
        "zh",
        "r",
        ("5个",),
        True,
    )
    assert judged.checksum == read_judgements(tmp_path).checksum


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    row = json.dumps(QUESTION, ensure_ascii=False)
    (tmp_path / "questions.jsonl").write_bytes(f"\ufeff\n{row}\r\n\n".encode())
    assert read_judgements(tmp_path).lines["one:zh"] == 2


def test_null_is_an_empty_field(tmp_path: Path) -> None:
    row = {**QUESTION, "kind": "unanswerable", "question_en": None, "answers": None, "quotes": None}
    (query,) = read_judgements(lines(tmp_path / "questions.jsonl", row).parent).queries
    assert (query.query_id, query.answers, query.quotes) == ("one:zh", (), ())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2: is not valid JSON"),
        ("[]", "line 2: is not a JSON object"),
        ({**QUESTION, "id": "one"}, "line 2: the id 'one' is that of line 1 too"),
        ({**QUESTION, "id": "a b"}, "line 2: the id 'a b' is empty or has white space"),
        ({**QUESTION, "id": 7}, "line 2: 'id' must be text, not 7"),
        ({"id": "two"}, "line 2: the field 'kind' is missing"),
        ({**QUESTION, "id": None}, "line 2: the field 'id' is missing"),
        ({**QUESTION, "id": "two", "quotes": []}, "line 2: has no quotes"),
        ({**QUESTION, "id": "two", "quotes": [""]}, "line 2: 'quotes' has an empty text"),
        ({**QUESTION, "id": "two", "quotes": "x"}, "line 2: 'quotes' must be a list"),
        ({**QUESTION, "id": "two", "kind": "unanswerable"}, "line 2: an unanswerable question has"),
        ({**QUESTION, "id": "two", "named": "yes"}, "line 2: 'named' must be true or false"),
        ({**QUESTION, "id": "two", "question_zh": "", "question_en": " "}, "line 2: has neither"),
    ],
)
def test_bad_questions(tmp_path: Path, row: object, message: str) -> None:
    path = lines(tmp_path / "questions.jsonl", QUESTION, row)
    with pytest.raises(JudgementError) as caught:
        read_judgements(tmp_path)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_beir(tmp_path: Path) -> None:
    judged = read_judgements(beir(tmp_path))
    assert judged.unit is Unit.REPORT
    assert [q.query_id for q in judged.queries] == ["q1"]  # q2 was not judged
    assert judged.qrels == {"q1": {"d1": 2, "d2": 0}}
    assert [d.doc_id for d in judged.documents] == ["d1", "d2"]


@pytest.mark.parametrize("text", ["", " ", None])
def test_a_beir_document_without_text_has_its_title(tmp_path: Path, text: str | None) -> None:
    rows = [{"_id": "d1", "title": "题", "text": text}, {"_id": "d2", "title": None, "text": "乙"}]
    lines(beir(tmp_path) / "corpus.jsonl", *rows)
    documents = read_judgements(tmp_path).documents
    assert [(d.text, d.title) for d in documents] == [("题", "题"), ("乙", "")]


def _bad_qrels(text: str) -> Callable[[Path], Path]:
    return lambda folder: lines(folder / "qrels" / "test.tsv", "q1\td1\t1", text)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_bad_qrels("q1\td1"), "test.tsv: line 2: has 2 columns"),
        (_bad_qrels("q9\td1\t1"), "test.tsv: line 2: the query 'q9' is not in queries.jsonl"),
        (_bad_qrels("q1\td9\t1"), "test.tsv: line 2: the document 'd9' is not in corpus.jsonl"),
        (_bad_qrels("q1\td2\thigh"), "test.tsv: line 2: the grade 'high' is not a whole number"),
        (_bad_qrels("q1\td1\t0"), "test.tsv: line 2: 'q1' and 'd1' were judged before"),
        (lambda f: lines(f / "qrels" / "test.tsv"), "test.tsv: has no judgements"),
        (lambda f: lines(f / "corpus.jsonl"), "corpus.jsonl: has no documents"),
        (
            lambda f: lines(
                f / "corpus.jsonl", {"_id": "d1", "text": "甲"}, {"_id": "d1", "text": "乙"}
            ),
            "corpus.jsonl: line 2: the document 'd1' is there twice",
        ),
        (
            lambda f: lines(f / "corpus.jsonl", {"_id": "d1", "text": " ", "title": " "}),
            "corpus.jsonl: line 1: the document 'd1' has no text and no title",
        ),
        (lambda f: lines(f / "queries.jsonl"), "queries.jsonl: has no queries"),
        (
            lambda f: lines(
                f / "queries.jsonl", {"_id": "q1", "text": "a"}, {"_id": "q1", "text": "b"}
            ),
            "queries.jsonl: line 2: the query 'q1' is there twice",
        ),
    ],
)
def test_bad_beir(tmp_path: Path, spoil: Callable[[Path], Path], message: str) -> None:
    spoil(beir(tmp_path))
    with pytest.raises(JudgementError) as caught:
        read_judgements(tmp_path)
    assert message in str(caught.value)


def test_which_qrels_of_a_beir_folder(tmp_path: Path) -> None:
    beir(tmp_path)
    lines(tmp_path / "qrels" / "dev.tsv", "q2\td2\t1")
    assert list(read_judgements(tmp_path).qrels) == ["q1"]
    assert list(read_judgements(tmp_path, split="dev").qrels) == ["q2"]
    with pytest.raises(JudgementError, match=r"has no train.tsv; --split is one of dev, test"):
        read_judgements(tmp_path, split="train")


def squad(path: Path, **paragraph: object) -> Path:
    own = {
        "id": "p1",
        "context": "段落。",
        "qas": [{"id": "a", "question": "问？", "answers": [{"text": "答"}, {"text": "答"}]}],
        **paragraph,
    }
    other = {"context": "另一段。", "qas": [{"question": "又问？", "answers": []}]}
    data = {"data": [{"title": "题", "paragraphs": [own, other]}]}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_squad(tmp_path: Path) -> None:
    judged = read_judgements(squad(tmp_path / "set.json"))
    assert judged.unit is Unit.REPORT
    assert judged.qrels == {
        "a": {"p1": 1},
        "data[0].paragraphs[1].qas[0]": {"data[0].paragraphs[1]": 1},
    }
    assert judged.queries[0].answers == ("答",)
    assert [d.text for d in judged.documents] == ["段落。", "另一段。"]
    assert {d.title for d in judged.documents} == {""}


def test_questions_without_a_text_are_left_out_and_counted(tmp_path: Path) -> None:
    qas = [{"id": "x", "question": ""}, {"id": "a", "question": "?"}, {"id": "y", "question": " "}]
    judged = read_judgements(squad(tmp_path / "set.json", qas=qas))
    assert [q.query_id for q in judged.queries] == ["a", "data[0].paragraphs[1].qas[0]"]
    assert judged.qrels.keys() == {q.query_id for q in judged.queries}
    assert judged.notes == (
        "questions without a text are left out: 2, the first data[0].paragraphs[0].qas[0]",
    )
    assert judged.documents[0].doc_id == "p1"  # still to be told from the others
    assert read_judgements(squad(tmp_path / "set.json")).notes == ()


def test_a_set_of_empty_questions_has_none(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "set.json",
        {"data": [{"paragraphs": [{"context": "段。", "qas": [{"question": ""}]}]}]},
    )
    with pytest.raises(JudgementError, match=r"set\.json: has no questions"):
        read_judgements(path)


def test_equal_paragraphs_are_one_document(tmp_path: Path) -> None:
    judged = read_judgements(squad(tmp_path / "set.json", context="另一段。"))
    assert [d.doc_id for d in judged.documents] == ["p1"]
    assert set(judged.qrels["data[0].paragraphs[1].qas[0]"]) == {"p1"}


@pytest.mark.parametrize(
    ("paragraph", "message"),
    [
        ({"context": ""}, "data[0].paragraphs[0].context is empty"),
        ({"context": 5}, "data[0].paragraphs[0]: 'context' must be text"),
        ({"qas": "no"}, "data[0].paragraphs[0].qas must be a list"),
        ({"qas": [{"question": 5}]}, "data[0].paragraphs[0].qas[0]: 'question' must be text"),
        ({"id": "a b"}, "the id of data[0].paragraphs[0] 'a b' is empty or has white space"),
        (
            {"qas": [{"id": "a", "question": "?"}, {"id": "a", "question": "?"}]},
            "data[0].paragraphs[0].qas[1]: the id 'a' is that of another question",
        ),
    ],
)
def test_bad_squad(tmp_path: Path, paragraph: dict[str, object], message: str) -> None:
    with pytest.raises(JudgementError) as caught:
        read_judgements(squad(tmp_path / "set.json", **paragraph))
    assert message in str(caught.value)


def test_what_can_not_be_read(tmp_path: Path) -> None:
    broken = lines(tmp_path / "broken.json", '{"data": [')
    with pytest.raises(JudgementError, match="is not valid JSON"):
        read_judgements(broken)
    with pytest.raises(JudgementError, match="has no list 'data'"):
        read_judgements(lines(tmp_path / "other.json", "[]"))
    with pytest.raises(JudgementError, match="is not there"):
        read_judgements(tmp_path / "nowhere")
    with pytest.raises(JudgementError, match=r"has neither questions\.jsonl"):
        read_judgements(tmp_path)
    with pytest.raises(JudgementError, match="TREC qrels need --topics"):
        read_judgements(lines(tmp_path / "qrels.txt", "q 0 d 1"))
    (tmp_path / "questions.jsonl").write_bytes(b"\xd6\xd0")
    with pytest.raises(JudgementError, match="is not UTF-8"):
        read_judgements(tmp_path)
    lines(tmp_path / "questions.jsonl")
    with pytest.raises(JudgementError, match="has no questions"):
        read_judgements(tmp_path)


@pytest.fixture
def trec(tmp_path: Path) -> JudgedSet:
    qrels = lines(tmp_path / "qrels.txt", "q1 0 r:0-5 1", "q1 0 r:5-9 0", "q2 0 s:0-4 2")
    topics = lines(tmp_path / "topics.tsv", "q1\t什么？", "q2\t哪里？", "q3\t没有判断？")
    return read_trec(qrels, topics)


def test_trec(trec: JudgedSet) -> None:
    assert trec.unit is Unit.PASSAGE
    assert trec.qrels == {"q1": {"r:0-5": 1, "r:5-9": 0}, "q2": {"s:0-4": 2}}
    assert [q.text for q in trec.queries] == ["什么？", "哪里？"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 0 d", "line 2: has 3 columns"),
        ("q1 0 d 0.5", "line 2: the grade '0.5' is not a whole number"),
        ("q1 0 a 1", "line 2: 'q1' and 'a' were judged before"),
    ],
)
def test_bad_qrels(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(JudgementError, match=message):
        read_qrels(lines(tmp_path / "q.txt", "q1 0 a 1", text))


def test_topics_must_have_all_questions(tmp_path: Path) -> None:
    qrels = lines(tmp_path / "qrels.txt", "q1 0 report 1")
    with pytest.raises(JudgementError, match="the query 'q1' is not in"):
        read_trec(qrels, lines(tmp_path / "t.tsv", "q2\t?"))
    with pytest.raises(JudgementError, match="line 1: is not: id, tab, question"):
        read_trec(qrels, lines(tmp_path / "t.tsv", "q1 ?"))
    assert read_trec(qrels, lines(tmp_path / "t.tsv", "q1\t?")).unit is Unit.REPORT


def test_a_run_is_ordered_by_score_then_rank(tmp_path: Path, trec: JudgedSet) -> None:
    path = lines(tmp_path / "run", "q1 Q0 a 3 1.5 tag", "q1 Q0 b 1 0.5 tag", "q1 Q0 c 2 1.5 tag")
    run = read_run(path, trec)
    assert run.system == "tag"
    assert [each.doc_id for each in run.rankings["q1"]] == ["c", "a", "b"]


def test_a_run_is_written_and_read_again(tmp_path: Path, trec: JudgedSet) -> None:
    run = Run(
        "two words",
        {
            "q1": (Ranked("a", 2.0), Ranked("b", 1.25)),
            "q2": (Ranked("乙 100%\u3000x", 0.5), Ranked("乙 100%\u3000x:0-5", 0.25)),
        },
    )
    write_run(run, tmp_path / "run")
    again = read_run(tmp_path / "run", trec, reports=["a", "乙 100%\u3000x"])
    assert again.system == "two_words"
    assert again.rankings == run.rankings


def test_ids_of_others_are_kept_as_they_stand(tmp_path: Path, trec: JudgedSet) -> None:
    ids = ["a%20b", "100%25", "%E4%BA%91", "c%20d:0-5", "5%"]
    qrels = read_qrels(lines(tmp_path / "q.txt", *[f"q1 0 {each} 1" for each in ids]))
    assert list(qrels["q1"]) == ids
    rows = [f"q1 Q0 {each} {n} {-n} t" for n, each in enumerate(ids)]
    run = read_run(lines(tmp_path / "run", *rows), trec, reports=["云", "a", "5%"])
    assert [each.doc_id for each in run.rankings["q1"]] == ids
    # Where the index has such reports, they are meant.
    ours = ["a b", "100%", "%E4%BA%91", "c d:0-5", "5%"]
    judged = JudgedSet("set", "q.txt", "c", Unit.REPORT, (), qrels=qrels)
    assert list(of_reports(judged, ["a b", "100%", "c d", "5%"])["q1"]) == ours
    twice = JudgedSet("set", "q.txt", "c", Unit.REPORT, (), qrels={"q": {"5%": 1, "5%25": 0}})
    with pytest.raises(JudgementError, match=r"q\.txt: 'q' and '5%' were judged twice"):
        of_reports(twice, ["5%"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 Q0 a 1 0.5", "line 2: has 5 columns"),
        ("q9 Q0 a 1 0.5 t", "line 2: the query 'q9' is not in .*: a run for other questions"),
        (
            "q1 Q0 d 1 0.5 t",
            "line 2: the document 'd' is not in the index: a run for another corpus",
        ),
        ("q1 Q0 a 2 0.5 t", "line 2: 'a' is there twice for 'q1'"),
        ("q1 Q0 b 1 nan t", "line 2: the score 'nan' is not a number"),
        ("q1 Q0 b first 1 t", "line 2: the rank 'first' is not a whole number"),
    ],
)
def test_bad_runs(tmp_path: Path, trec: JudgedSet, text: str, message: str) -> None:
    path = lines(tmp_path / "run", "q1 Q0 a 1 0.9 t", text)
    with pytest.raises(JudgementError, match=message):
        read_run(path, trec, known={"a", "b"})
    with pytest.raises(JudgementError, match="is empty"):
        read_run(lines(tmp_path / "empty"), trec)
