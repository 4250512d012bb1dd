"""The page of what is indexed: no report is lost, nothing is removed unasked, no text is markup."""

from __future__ import annotations

import errno
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Metadata, Region, ReportKind
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.types import ReportInfo
from search_api import engine as engine_module
from search_api.engine import Engine
from search_api.shapes.upload_shapes import Refusal
from search_api.web.app import create_app
from search_api.web.coverage import coverage, with_parents
from search_api.web.pages import corpus_page
from search_api.web.pages.corpus_page import Shown
from search_api.web.uploading.removal_notices import MAX_NOTICES, Notices, Removed
from tests.search_api.support import REPORTS, HashEncoder
from tests.search_api.web.uploading.uploads_support import changing_app, report_text, uploads_of

CITY = Region("乙市", "990100", "甲省", "乙市")
COUNTY = Region("丙县", "990121", "甲省", "乙市", "丙县")
PLACES = [None, CITY, COUNTY, Region("丁省", "980000", "丁省"), Region("戊县", "")]
ID = "松果县-2025"


@pytest.fixture(autouse=True)
def hash_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)


@pytest.fixture
def reading(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine)) as client:
        yield client


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[TestClient]:
    app, _ = changing_app(tmp_path)
    with TestClient(app, headers={"Accept": "text/html"}) as client:
        yield client


def info(report_id: str, region: Region | None, year: int | None) -> ReportInfo:
    return ReportInfo(report_id, Metadata("", region, year, ReportKind.OTHER), "", 1, 1, "")


def test_rows_follow_the_codes_and_years_the_calendar() -> None:
    found = coverage(
        [
            info("a", None, 2024),
            info("b", COUNTY, 2025),
            info("c", Region("丁省", "980000", "丁省"), None),
            info("d", COUNTY, 2025),
            info("e", CITY, 2023),
        ]
    )
    assert found.years == (2025, 2024, 2023, None)
    assert [row.path for row in found.rows] == [
        ("丁省",),
        ("甲省", "乙市"),
        ("甲省", "乙市", "丙县"),
        (),
    ]
    cells = [[[each.report_id for each in cell] for cell in row.cells] for row in found.rows]
    assert cells == [
        [[], [], [], ["c"]],
        [[], [], ["e"], []],
        [["b", "d"], [], [], []],
        [[], ["a"], [], []],
    ]
    shown = [(row.path, row.depth) for row in with_parents(found.rows)]
    assert shown == [
        (("丁省",), 0),
        (("甲省",), 0),
        (("甲省", "乙市"), 1),
        (("甲省", "乙市", "丙县"), 2),
        ((), 0),
    ]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from([None, 2023, 2024, 2025]))))
def test_every_report_stands_in_one_cell(given: list[tuple[Region | None, int | None]]) -> None:
    infos = [info(str(number), region, year) for number, (region, year) in enumerate(given)]
    found = coverage(infos)
    there = [
        each.report_id for row in with_parents(found.rows) for cell in row.cells for each in cell
    ]
    assert sorted(there) == sorted(each.report_id for each in infos)
    assert all(len(row.cells) == len(found.years) for row in found.rows)


def test_the_table_links_every_report(reading: TestClient) -> None:
    page = reading.get("/corpus")
    assert page.status_code == 200
    for each in REPORTS:
        assert f'href="/reports/{quote(str(each["report_id"]), safe="")}"' in page.text
    assert re.findall(r'<th scope="col">(\d+)</th>', page.text) == ["2025", "2024"]
    assert "<dd>3</dd>" in page.text
    assert "2024–2025" in page.text
    assert "--allow-upload" in page.text  # how to be allowed to
    assert "<form" not in page.text


def test_the_list_says_what_is_known_and_escapes_it(reading: TestClient) -> None:
    page = reading.get("/corpus?view=list").text
    first = reading.get("/api/reports").json()["reports"][0]
    assert f"{first['characters']:,} 字，{first['passages']:,} 个段落" in page
    assert html.escape(first["source"]) in page
    assert f'datetime="{first["indexed_at"]}"' in page
    english = reading.get("/corpus?view=list&lang=en").text
    assert f"{first['characters']:,} characters" in english


def test_filters(reading: TestClient) -> None:
    page = reading.get("/corpus", params={"region": "石桥县", "kind": "work_report"}).text
    body = page[page.index("<tbody>") :]
    assert quote("石桥县-2024") in body
    assert quote("云溪县-2025") not in body
    for params, named in (({"region": "无此地"}, "无此地"), ({"kind": "poem"}, "poem")):
        wrong = reading.get("/corpus", params=params)
        assert wrong.status_code == 422
        assert named in wrong.text
        assert 'role="alert"' in wrong.text
    none = reading.get("/corpus", params={"region": "云溪县", "kind": "work_report"})
    assert none.status_code == 200
    assert "这样筛选没有报告" in none.text


def test_pages(reading: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_page, "REPORTS_SHOWN", 1)
    monkeypatch.setattr(corpus_page, "PLACES_SHOWN", 1)
    for view, pages in (("list", 3), ("", 2)):
        seen: set[str] = set()
        for number in range(1, pages + 1):
            page = reading.get("/corpus", params={"view": view, "page": number}).text
            assert f"第 {number} 页，共 {pages} 页" in page
            body = page[page.index("<tbody>") : page.index("</tbody>")]
            seen |= set(re.findall(r'href="/reports/([^"?]+)"', body))
        assert len(seen) == len(REPORTS)
        for odd in ("0", "-1", "99", "x", "9" * 50):
            assert reading.get("/corpus", params={"view": view, "page": odd}).status_code == 200


def test_a_thousand_reports_make_no_huge_page() -> None:
    infos = [
        info(f"很长的报告编号以便看出大小-{n}", Region(f"第{n}县", f"{n:06}"), 2025)
        for n in range(1, 3000)
    ]
    listed = corpus_page._listed(infos, Shown(as_list=True, page=2))
    assert listed["pages"] == 30
    assert len(listed["reports"]) == 100  # type: ignore[arg-type]
    table = corpus_page._listed(infos, Shown(page=15))
    assert table["pages"] == 15
    assert len(table["rows"]) == 199  # type: ignore[arg-type]


def test_an_upload_without_scripts_shows_what_became_of_each_file(changing: TestClient) -> None:
    files = [
        ("file", ("松果县-2025.txt", report_text())),
        ("file", ("表.exe", b"x")),
        ("file", ("空.txt", b"")),
        ("file", ('"><img src=x onerror=alert(1)>.pdf', b"no pdf")),
    ]
    page = changing.post("/corpus/upload", files=files)
    assert page.status_code == 200
    assert re.findall(r'<li class="outcome (\w+)">', page.text) == [
        "added",
        "refused",
        "refused",
        "refused",
    ]
    assert "读作：松果县 · 2025年" in page.text
    assert f'href="/reports/{quote(ID)}"' in page.text
    assert "不支持这种格式。可用格式：.csv, .docx" in page.text
    assert "文件是空的" in page.text
    assert "这不是 PDF" in page.text
    # What the library said is there for who asks, and is no part of the page's language.
    why = re.findall(r'<p class="why">(.*?)</p>', page.text)
    assert len(why) == 3
    assert not any("broken" in each or "not a PDF" in each for each in why)
    assert re.search(r'<details.*?<p lang="en"><bdi>not a PDF.*?</details>', page.text)
    assert "上传完毕：1 个文件已收录 · 3 个未收录" in page.text
    assert "<img" not in page.text
    english = changing.post("/corpus/upload?lang=en", files={"file": ("a.exe", b"x")})
    assert "This format is not read" in english.text
    switched = changing.get("/corpus/upload?lang=zh")
    assert switched.status_code == 200
    assert "报告库</h1>" in switched.text


def test_hostile_texts_and_names_are_shown_as_text(changing: TestClient) -> None:
    name = "<script>alert(1)<／script>.md"
    text = '# <img src=x onerror=alert(2)>2025年报告\n\n一、"><script>alert(3)</script>\n\n正文。\n'
    changing.post("/corpus/upload", files={"file": (name, text.encode())})
    for view in ("", "?view=list", "?view=list&removing=" + quote("_script_alert(1)_／script_")):
        page = changing.get(f"/corpus{view}").text
        assert "<script>" not in page
        assert "<img" not in page
    assert "确认移除 1 份报告" in page


def test_every_refusal_has_words(changing: TestClient) -> None:
    words = Path(corpus_page.__file__).parents[1] / "words" / "corpus.tsv"
    names = {line.split("\t")[0] for line in words.read_text(encoding="utf-8").splitlines()}
    assert {f"corpus.refused_{each.value}" for each in Refusal} <= names


def test_nothing_is_removed_before_it_is_confirmed(changing: TestClient) -> None:
    changing.post("/corpus/upload", files={"file": ("松果县-2025.txt", report_text())})
    first = str(REPORTS[0]["report_id"])
    page = changing.get("/corpus", params={"view": "list", "removing": [ID, first, "不存在"]}).text
    assert "确认移除 2 份报告" in page
    assert page.count('<tr id="row-') - page.count('" class="marked">') == 2
    assert "松果县-2025.txt" in page  # the uploaded file that would go
    assert "1 份来自其他文件夹，原文件不会动" in page
    # Undo: the same without it.
    undo = f"/corpus?view=list&amp;removing={quote(first)}#"
    assert undo in page
    spared = changing.get("/corpus", params={"view": "list", "removing": first}).text
    assert "确认移除 1 份报告" in spared
    assert len(changing.get("/api/reports").json()["reports"]) == 4

    ids = re.findall(r'name="report_id" value="([^"]+)"', page)
    assert ids == [ID, first]
    done = changing.post("/corpus/remove", data={"report_id": ids}, follow_redirects=False)
    assert done.status_code == 303
    notice = changing.get(done.headers["location"])
    assert "已移除 2 份报告" in notice.text
    assert "原文件没有动" in notice.text
    left = {each["report_id"] for each in changing.get("/api/reports").json()["reports"]}
    assert left == {str(each["report_id"]) for each in REPORTS[1:]}
    # It is told once.
    assert "已移除" not in changing.get(done.headers["location"]).text


def test_what_is_gone_already_is_told(changing: TestClient) -> None:
    first, second = (str(each["report_id"]) for each in REPORTS[:2])
    address = "/corpus/remove"
    changing.post(address, data={"report_id": first})
    again = changing.post(address, data={"report_id": first})
    assert again.status_code == 200
    assert "1 份报告已不在库中" in again.text
    assert "已移除" not in again.text
    both = changing.post(address, data={"report_id": [first, second]})
    assert "已移除 1 份报告" in both.text
    assert "1 份报告已不在库中" in both.text
    # The page that marked it, as the browser's Back button asks for it again.
    page = changing.get("/corpus", params={"view": "list", "removing": first}).text
    assert "有 1 份已不在库中" in page
    assert "确认移除" not in page


def test_an_address_claims_nothing(changing: TestClient, reading: TestClient) -> None:
    for client in (changing, reading):
        for claim in ("removed=xyz", "notice=xyz", "removed=石桥县-2024&outside=1&kept=x"):
            page = client.get(f"/corpus?{claim}").text
            assert "xyz" not in page[page.index("<main") :]
            assert 'class="card notice"' not in page


def test_a_removal_that_the_disk_refuses(
    changing: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    first = str(REPORTS[0]["report_id"])
    with monkeypatch.context() as broken:
        broken.setattr(build, "remove", fail)
        page = changing.post("/corpus/remove", data={"report_id": first})
    assert page.status_code == 507
    assert "没有移除。" in page.text
    assert "磁盘已满" in page.text
    assert "确认移除 1 份报告" in page.text  # to be tried again
    assert len(changing.get("/api/reports").json()["reports"]) == len(REPORTS)
    assert changing.get("/corpus/remove?lang=en").status_code == 200  # a switch of language there


def test_notices_are_few_and_told_once() -> None:
    notices = Notices()
    tickets = [notices.keep(Removed((str(n),), (), (), False)) for n in range(MAX_NOTICES + 1)]
    assert len(set(tickets)) == len(tickets)
    assert notices.take(tickets[0]) is None  # the oldest has made room
    told = notices.take(tickets[-1])
    assert told is not None and told.report_ids == (str(MAX_NOTICES),)
    assert notices.take(tickets[-1]) is None


def test_reports_that_place_year_and_kind_dont_tell_apart_show_their_titles(
    changing: TestClient,
) -> None:
    for number, title in enumerate(("关于甲事项的情况说明", "关于乙事项的情况说明")):
        text = f"{title}\n2024年3月4日\n一、情况\n全年办结{number + 12}件。\n"
        changing.post("/corpus/upload", files={"file": (f"事项-{number}.txt", text.encode())})
    page = changing.get("/corpus").text
    row = page[page.index('<tr data-names="">') :]
    shown = re.findall(r'<a [^>]*class="titled">.*?<bdi lang="zh">(.*?)</bdi></a>', row)
    assert shown == ["关于甲事项的情况说明", "关于乙事项的情况说明"]
    # With a place, a single report of a kind is told by it.
    known = page[: page.index('<tr data-names="">')]
    assert 'class="titled' not in known


def test_a_table_that_stays_is_named(changing: TestClient) -> None:
    table = "report_id,text\n甲-1,甲县2025年报告。\n甲-2,甲县2024年报告。\n".encode()
    changing.post("/corpus/upload", files={"file": ("多份.csv", table)})
    page = changing.get("/corpus?view=list&removing=甲-1").text
    assert "会保留的上传表格" in page
    notice = changing.post("/corpus/remove", data={"report_id": "甲-1"}).text
    assert "因此保留" in notice
    assert "多份.csv" in notice


def test_without_leave_marks_are_not_shown(reading: TestClient) -> None:
    page = reading.get("/corpus?view=list&removing=石桥县-2024").text
    assert "确认移除" not in page
    assert 'class="act"' not in page


def test_an_empty_index(tmp_path: Path) -> None:
    build.create(tmp_path / "index", HashEncoder(), EncoderSettings())
    app = create_app(tmp_path / "index", allow_upload=True, hosts=["testserver"])
    with TestClient(app) as client:
        page = client.get("/corpus")
        assert page.status_code == 200
        assert "还没有收录任何报告" in page.text
        assert 'type="file"' in page.text
    assert uploads_of(app).folder == tmp_path / "index" / "uploads"


def test_a_browser_sees_a_refusal_as_a_page(tmp_path: Path) -> None:
    app, _ = changing_app(tmp_path, allow_upload=False)
    with TestClient(app, headers={"Accept": "text/html"}) as client:
        page = client.post("/corpus/upload", files={"file": ("a.txt", b"x")})
    assert page.status_code == 403
    assert "不允许这样做" in page.text
