"""`POST /api/compare`: its fixed JSON, the order of rows, and what is said of a bad request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from search_api.engine import Engine
from search_api.web.app import create_app
from tests.search_api.comparing.compare_reports import (
    ALL,
    CHENGXI,
    LUMING,
    SHIBU,
    SHUANGLING,
    SHUANGLING_BEFORE,
    WEITANG,
    ZHUYU,
    opened,
)

# Those that design.md fixes, in its order; others may stand between them and behind.
FIXED_ROW = [
    "report_id",
    "title",
    "region",
    "year",
    "status",
    "value",
    "quote",
    "citation",
    "wording",
]
CITATION = [
    "report_id",
    "title",
    "region",
    "year",
    "heading_path",
    "start",
    "end",
    "quote",
    "source",
    "link",
]
SILENT = [CHENGXI, SHIBU, ZHUYU, LUMING]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the invented reports. Not to be changed."""
    with opened(tmp_path_factory.mktemp("towns")) as engine:
        yield engine


@pytest.fixture(scope="module")
def client(towns: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=towns), raise_server_exceptions=False) as made:
        yield made


def compared(client: TestClient, topic: str, **asked: Any) -> Any:
    response = client.post("/api/compare", json={"topic": topic, **asked})
    assert response.status_code == 200, response.text
    return response.json()


def ids(body: Any) -> list[str]:
    return [row["report_id"] for row in body["rows"]]


def test_the_json_is_as_fixed(client: TestClient, towns: Engine) -> None:
    body = compared(client, "茶叶产量")
    assert list(body) == ["topic", "kind", "rows", "coverage", "notices"]
    assert body["topic"] == "茶叶产量"
    assert body["kind"] == "figure"
    assert body["coverage"] == {"reports": 7, "stated": 3, "not_stated": 4}
    assert body["notices"] == []
    assert ids(body) == list(ALL)
    for row in body["rows"]:
        assert [name for name in row if name in FIXED_ROW] == FIXED_ROW
        assert set(row) - set(FIXED_ROW) == {
            "announced",
            "measured",
            "confidence",
            "mentions",
            "relation",
            "similarity",
            "reason",
            "nearest",
        }
        for citation in (row["citation"], row["nearest"]):
            if citation is not None:
                assert list(citation) == CITATION
                text = towns.text(row["report_id"])
                assert citation["quote"] == text[citation["start"] : citation["end"]]


def test_a_row_that_states_it(client: TestClient) -> None:
    row = compared(client, "茶叶产量", report_ids=[WEITANG])["rows"][0]
    said = "2025年茶叶产量达到8000吨以上，新建乡村书屋30间。"
    citation = row.pop("citation")
    assert 0.5 < row.pop("confidence") <= 1
    assert row == {
        "report_id": "苇塘县-2025",
        "title": "苇塘县2025年政府工作报告",
        "region": "苇塘县",
        "year": 2025,
        "status": "stated",
        "value": "8000吨以上",
        "quote": said,
        "announced": True,
        "wording": [{"text": said, "common": True}],
        "measured": {
            "low": 8000.0,
            "high": 8000.0,
            "unit": "吨",
            "bound": "at_least",
            "comparable": True,
            "outlier": False,
        },
        "mentions": None,
        "relation": None,
        "similarity": None,
        "reason": None,
        "nearest": None,
    }
    assert citation["quote"] == said
    assert citation["heading_path"] == ["二、2025年工作安排"]
    start, end = citation["start"], citation["end"]
    assert citation["link"].startswith(f"/reports/{quote('苇塘县-2025')}?start={start}&end={end}")
    assert said in client.get(citation["link"]).text


def test_a_row_that_doesnt(client: TestClient) -> None:
    row = compared(client, "茶叶产量", report_ids=[LUMING])["rows"][0]
    nearest = row.pop("nearest")
    assert row == {
        "report_id": "鹿鸣县-2025",
        "title": "鹿鸣县2025年政府工作报告",
        "region": "鹿鸣县",
        "year": 2025,
        "status": "not_stated",
        "value": None,
        "quote": None,
        "citation": None,
        "announced": False,
        "wording": [],
        "measured": None,
        "confidence": 0.0,
        "mentions": None,
        "relation": None,
        "similarity": None,
        "reason": "只写了其他时间的数据。",
    }
    assert nearest["quote"] == "2019年茶叶产量仅为1.1万吨，茶农收入不高。"


def test_wording_in_pieces(client: TestClient) -> None:
    body = compared(client, "茶叶产量", report_ids=[SHUANGLING, SHUANGLING_BEFORE])
    for row in body["rows"]:
        assert "".join(piece["text"] for piece in row["wording"]) == row["quote"]
    assert [piece["text"] for piece in body["rows"][1]["wording"] if not piece["common"]] == [
        "2023年",
        "2.9万吨",
        "11座",
    ]


def test_themes_and_passages(client: TestClient) -> None:
    theme = compared(client, "古桥修缮", report_ids=[SHUANGLING, ZHUYU])
    assert theme["kind"] == "theme"
    assert [(row["status"], row["value"], row["mentions"]) for row in theme["rows"]] == [
        ("stated", None, 2),
        ("not_stated", None, None),
    ]
    wording = "全年改造老旧泵站18座，惠及群众3.5万人。"
    passage = compared(client, wording, report_ids=[SHUANGLING, ZHUYU])
    assert passage["kind"] == "passage"
    assert passage["rows"][0]["quote"] == wording
    assert passage["rows"][0]["similarity"] == 1.0
    assert passage["rows"][1]["status"] == "not_stated"
    assert passage["rows"][1]["quote"] is None


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("report", list(ALL)),
        ("lowest", [WEITANG, SHUANGLING_BEFORE, SHUANGLING, *SILENT]),
        ("highest", [SHUANGLING, SHUANGLING_BEFORE, WEITANG, *SILENT]),
    ],
)
def test_the_order_of_rows(client: TestClient, sort: str, first: list[str]) -> None:
    assert ids(compared(client, "茶叶产量", sort=sort)) == first


def test_choosing_reports(client: TestClient) -> None:
    named = [LUMING, SHUANGLING]
    assert ids(compared(client, "茶叶产量", report_ids=named)) == named
    regions = ["霜岭县", "澄溪"]
    assert ids(compared(client, "茶叶产量", regions=regions)) == [
        SHUANGLING_BEFORE,
        SHUANGLING,
        CHENGXI,
    ]
    assert ids(compared(client, "茶叶产量", years=[2024])) == [SHUANGLING_BEFORE]
    assert ids(compared(client, "茶叶产量", kind="city")) == [CHENGXI]
    both = compared(client, "茶叶产量", regions=regions, years=[2024, 2026], kind="work_report")
    assert ids(both) == [SHUANGLING_BEFORE]
    assert both["notices"] == ["没有收录2026年的报告。", "只选了一份报告，没有可比较的对象。"]
    # null is no choice.
    assert ids(compared(client, "茶叶产量", report_ids=None, kind=None)) == list(ALL)


def test_an_unknown_report_is_not_found_and_the_nearest_are_named(client: TestClient) -> None:
    asked = {"topic": "茶叶产量", "report_ids": [SHUANGLING, "霜岭县-2023"]}
    response = client.post("/api/compare", json=asked)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == "/problems/unknown-report"
    assert body["status"] == 404
    assert body["title"]
    assert body["field"] == "report_ids"
    assert set(body["nearest"][:2]) == {SHUANGLING, SHUANGLING_BEFORE}
    assert "霜岭县-2023" in body["detail"]


def test_an_unknown_region_names_the_nearest(client: TestClient) -> None:
    response = client.post("/api/compare", json={"topic": "茶叶产量", "regions": ["霜岭市"]})
    assert response.status_code == 422
    body = response.json()
    assert body["type"] == "/problems/unknown-region"
    assert body["nearest"][0] == "霜岭县"
    assert "霜岭市" in body["detail"]


def test_an_unknown_year_names_those_there_are(client: TestClient) -> None:
    response = client.post("/api/compare", json={"topic": "茶叶产量", "years": [2031]})
    assert response.status_code == 422
    assert response.json()["type"] == "/problems/unknown-year"
    assert "2024, 2025" in response.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "topic"),
        ({"topic": ""}, "topic"),
        ({"topic": " \n"}, "topic"),
        ({"topic": "？！"}, "topic"),
        ({"topic": "茶" * 5000}, "topic"),
        ({"topic": "茶" * 2001}, "topic"),
        ({"topic": None}, "topic"),
        ({"topic": ["茶叶产量"]}, "topic"),
        ({"topic": "茶叶产量", "report_ids": []}, "report_ids"),
        ({"topic": "茶叶产量", "regions": []}, "regions"),
        ({"topic": "茶叶产量", "years": []}, "years"),
        ({"topic": "茶叶产量", "report_ids": SHUANGLING}, "report_ids"),
        ({"topic": "茶叶产量", "regions": "霜岭县"}, "regions"),
        ({"topic": "茶叶产量", "report_ids": [SHUANGLING], "regions": ["鹿鸣县"]}, "report_ids"),
        ({"topic": "茶叶产量", "kind": "village"}, "kind"),
        ({"topic": "茶叶产量", "kind": "bulletin"}, "kind"),
        ({"topic": "茶叶产量", "sort": "value"}, "sort"),
        # A slip in a name must not compare everything.
        ({"topic": "茶叶产量", "region": "霜岭县"}, "region"),
        ({"topic": "茶叶产量", "reports": [SHUANGLING]}, "reports"),
        ({"topic": "茶叶产量", "top_k": 3}, "top_k"),
    ],
)
def test_bad_requests_name_their_field(
    client: TestClient, asked: dict[str, object], field: str
) -> None:
    response = client.post("/api/compare", json=asked)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == "/problems/invalid-request"
    assert body["status"] == 422
    assert body["field"] == field
    assert body["title"]
    assert field in body["detail"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"years": ["去年"]}, "years[0]"),
        ({"report_ids": [SHUANGLING, 5]}, "report_ids[1]"),
        ({"regions": [None]}, "regions[0]"),
    ],
)
def test_which_item_of_a_list_is_wrong(
    client: TestClient, asked: dict[str, object], field: str
) -> None:
    response = client.post("/api/compare", json={"topic": "茶叶产量", **asked})
    assert response.status_code == 422
    body = response.json()
    assert body["type"] == "/problems/invalid-request"
    assert body["field"] == body["errors"][0]["field"] == field
    assert body["detail"].startswith(f"{field}: ")


@pytest.mark.parametrize("content", ["{", '{"topic": "茶叶产量",}', "茶叶产量", ""])
def test_what_is_no_json_is_told_of_the_body(client: TestClient, content: str) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/compare", content=content, headers=headers)
    assert response.status_code == 422
    assert response.json()["field"] == "body"
    assert response.json()["detail"].startswith("body: ")


def test_where_json_is_broken_is_told(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/compare", content='{"topic" "x"}', headers=headers)
    assert response.json()["detail"] == (
        "body: JSON decode error at character 9: Expecting ':' delimiter"
    )


@pytest.mark.parametrize("topic", ["", " \n", "？！", "\x00\x07"])
def test_without_a_topic_it_is_told_what_to_name(client: TestClient, topic: str) -> None:
    detail = client.post("/api/compare", json={"topic": topic}).json()["detail"]
    assert detail.startswith("topic: the topic ")
    assert detail.endswith(": name an indicator, a theme, or paste a passage")


def test_control_characters_of_a_topic_do_not_count(client: TestClient) -> None:
    plain = compared(client, "茶叶产量")
    assert compared(client, "\x00茶叶\x08产\x9f量\r\x1b") == plain


def test_a_topic_of_the_greatest_length_is_compared(client: TestClient) -> None:
    body = compared(client, "茶叶产量" * 500, report_ids=[ZHUYU])
    assert (body["kind"], len(body["topic"])) == ("passage", 2000)


def test_only_posts_of_json(client: TestClient) -> None:
    assert client.get("/api/compare").status_code == 405
    response = client.post("/api/compare", content="茶叶产量")
    assert response.status_code == 422
    assert response.json()["type"] == "/problems/invalid-request"


def test_the_interface_documents_the_table(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert set(FIXED_ROW) <= set(schemas["RowOut"]["properties"])
    assert schemas["CompareIn"]["additionalProperties"] is False
