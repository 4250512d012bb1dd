"""Over HTTP: compared wordings, outlines, and comparisons as files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from search_api.engine import Engine
from search_api.web.app import create_app

RULE_OF_LAW = ["云溪县-2025", "石桥县/2025 甲.乙"]


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine), raise_server_exceptions=False) as opened:
        yield opened


def test_wording_is_grouped_and_every_piece_belongs_to_its_quote(
    client: TestClient, engine: Engine
) -> None:
    asked = {"topic": "人民调解组织的调解员怎样调整充实", "report_ids": RULE_OF_LAW}
    body = client.post("/api/compare/wording", json=asked).json()
    assert body["reports"] == RULE_OF_LAW
    (group,) = [each for each in body["groups"] if "调整充实" in each["wording"]]
    assert (group["reports"], group["of"]) == (2, 2)
    for member in group["members"]:
        citation = member["citation"]
        assert "".join(piece["text"] for piece in member["wording"]) == citation["quote"]
        text = engine.text(citation["report_id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    own = [
        piece["text"]
        for each in group["members"]
        for piece in each["wording"]
        if not piece["common"]
    ]
    assert set(own) in ({"31个"}, {"77个"})


def test_outlines_have_every_section_once(client: TestClient, engine: Engine) -> None:
    asked = {"left": RULE_OF_LAW[0], "right": RULE_OF_LAW[1]}
    body = client.post("/api/compare/outline", json=asked).json()
    assert sum(body["counts"].values()) == len(body["pairs"])
    left = [pair["left"]["section_id"] for pair in body["pairs"] if pair["left"]]
    assert left == [each.section_id for each in engine.outline(RULE_OF_LAW[0])]
    first = body["pairs"][0]
    assert first["place"] == "matched"
    assert first["left"]["heading"] == first["right"]["heading"] == "工作开展情况"


@pytest.mark.parametrize(
    ("format", "media"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("md", "text/markdown; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_files_come_as_attachments(client: TestClient, format: str, media: str) -> None:
    asked = {"topic": "调整充实人民调解组织数量", "report_ids": RULE_OF_LAW}
    wording = "false" if format == "csv" else "true"
    answer = client.post(f"/api/compare/export?format={format}&wording={wording}", json=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"].endswith(f".{format}")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if format == "xlsx":
        values = [
            cell
            for row in load_workbook(BytesIO(answer.content)).worksheets[0].values
            for cell in row
        ]
        assert "31个" in values
    else:
        assert "31个" in answer.text


def test_a_csv_file_with_wordings_is_refused_not_cut_short(client: TestClient) -> None:
    asked = {"topic": "调整充实人民调解组织数量", "report_ids": RULE_OF_LAW}
    answer = client.post("/api/compare/export?format=csv&wording=true", json=asked)
    assert answer.status_code == 422
    assert "xlsx" in answer.text


@pytest.mark.parametrize(
    ("path", "asked", "status", "told"),
    [
        ("wording", {"topic": "调解", "report_ids": [RULE_OF_LAW[0]]}, 422, "two at least"),
        ("wording", {"topic": "调解", "report_ids": []}, 422, "empty"),
        ("wording", {"topic": "解" * 5000}, 422, "2000"),
        ("outline", {"left": "云溪县-2052", "right": RULE_OF_LAW[1]}, 404, "云溪县-2025"),
        ("outline", {"left": RULE_OF_LAW[0], "right": RULE_OF_LAW[0]}, 422, "another one"),
        ("outline", {"left": RULE_OF_LAW[0]}, 422, "right"),
        (
            "outline",
            {"left": RULE_OF_LAW[0], "right": RULE_OF_LAW[1], "topic": "调解"},
            422,
            "topic",
        ),
    ],
)
def test_bad_input_is_told(
    client: TestClient, path: str, asked: dict[str, object], status: int, told: str
) -> None:
    answer = client.post(f"/api/compare/{path}", json=asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("wording", {"topic": "调解", "report_ids": ["云溪县-2052"]}, "report_ids"),
        ("outline", {"left": "云溪县-2052", "right": RULE_OF_LAW[1]}, "left"),
        ("outline", {"left": RULE_OF_LAW[1], "right": "云溪县-2052"}, "right"),
    ],
)
def test_an_unknown_report_is_told_of_its_field(
    client: TestClient, path: str, asked: dict[str, object], field: str
) -> None:
    answer = client.post(f"/api/compare/{path}", json=asked)
    assert answer.status_code == 404
    assert answer.json()["field"] == field
    assert answer.json()["nearest"][0] == "云溪县-2025"


def test_an_unknown_format_is_refused(client: TestClient) -> None:
    asked = {"topic": "调整充实人民调解组织数量"}
    assert client.post("/api/compare/export?format=doc", json=asked).status_code == 422
