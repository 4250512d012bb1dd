"""Adding and removing reports over HTTP: what lands, what is refused, what is left as it was."""

from __future__ import annotations

import errno
import io
import json
import os
import threading
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from corpus.load import discover, read
from corpus.readers import SUFFIXES
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import DamagedIndexError, FolderPermissionError
from indexer.storage.lock import write_lock
from indexer.verify import verify
from search_api import engine as engine_module
from search_api.questions.question import Language
from search_api.shapes.upload_shapes import Refusal
from search_api.web.app import create_app
from search_api.web.pages.language import say_in
from search_api.web.uploading import uploads as uploads_module
from search_api.web.uploading.names import MAX_NAME_BYTES, RefusedFileError, safe_name
from search_api.web.uploading.refusal_reasons import meaning
from search_api.web.uploading.uploads import Uploads
from tests.search_api.support import REPORTS, HashEncoder
from tests.search_api.web.uploading.uploads_support import changing_app, report_text, uploads_of

NAME = "松果县-2025.txt"
ID = "松果县-2025"


@pytest.fixture(autouse=True)
def hash_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)


class Service:
    """A client with what it talks to."""

    def __init__(self, client: TestClient, uploads: Uploads, data: Path) -> None:
        self.client = client
        self.uploads = uploads
        self.data = data

    def send(self, name: str, content: bytes, **options: Any) -> Any:
        return self.client.post("/api/reports", files={"file": (name, content)}, **options)

    def ids(self) -> set[str]:
        return {each["report_id"] for each in self.client.get("/api/reports").json()["reports"]}

    def kept(self) -> list[str]:
        """All that lies in the folder of uploads, what is hidden too."""
        folder = self.uploads.folder
        return sorted(each.name for each in folder.iterdir()) if folder.exists() else []

    def first_hit(self, question: str) -> str:
        hits = self.client.get("/api/search", params={"q": question}).json()["hits"]
        return str(hits[0]["text"])

    def limited(self, max_bytes: int) -> None:
        """From now on a file may have so many bytes."""
        uploads = self.uploads
        self.uploads = Uploads(self.data, uploads._engine, max_bytes)
        self.client.app.state.govsearch.uploads = self.uploads  # type: ignore[attr-defined]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    app, data = changing_app(tmp_path)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Service(client, uploads_of(app), data)


def docx_bytes(*paragraphs: str) -> bytes:
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def zip_bytes(name: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(name, "<x/>")
    return kept.getvalue()


def table_bytes(*reports: tuple[str, str]) -> bytes:
    rows = ({"report_id": name, "title": name, "text": text} for name, text in reports)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_an_uploaded_report_is_found_read_and_kept(service: Service) -> None:
    before = service.ids()
    response = service.send(NAME, report_text())
    assert response.status_code == 201
    body = response.json()
    assert list(body) == [
        "file",
        "status",
        "report_ids",
        "characters",
        "passages",
        "reports",
        "stayed",
    ]
    assert (body["file"], body["status"], body["report_ids"]) == (NAME, "added", [ID])
    text = report_text().decode()
    assert body["characters"] == len(service.client.get(f"/api/reports/{ID}/text").json()["text"])
    assert body["characters"] in (len(text), len(text) - 1)  # a reader may drop the last line end
    assert body["passages"] >= 1
    report = body["reports"][0]["report"]
    assert (report["region"], report["year"], report["kind"]) == ("松果县", 2025, "rule_of_law")
    # Where the service keeps it is not everybody's business.
    assert report["source"] == f"uploads/{NAME}"
    assert service.ids() == before | {ID}
    assert "57个" in service.first_hit("松果县调整了多少个人民调解组织")
    assert service.kept() == [NAME]
    assert (service.uploads.folder / NAME).read_bytes() == report_text()
    assert not verify(service.data).problems


def test_a_word_file(service: Service) -> None:
    lines = report_text().decode().splitlines()
    body = service.send("松果县-2025.docx", docx_bytes(*lines)).json()
    assert (body["status"], body["report_ids"]) == ("added", [ID])
    assert "57个" in service.first_hit("松果县人民调解组织")


def test_the_folder_of_uploads_can_be_indexed_again(service: Service) -> None:
    service.send(NAME, report_text())
    summary = build.add([service.uploads.folder], service.data, HashEncoder(), EncoderSettings())
    assert (summary.unchanged, summary.skipped) == ((ID,), ())


def test_the_same_again_and_a_new_version(service: Service) -> None:
    service.send(NAME, report_text())
    again = service.send(NAME, report_text())
    assert (again.status_code, again.json()["status"]) == (200, "unchanged")
    newer = service.send(NAME, report_text(83))
    assert (newer.status_code, newer.json()["status"]) == (200, "updated")
    assert "83个" in service.first_hit("松果县人民调解组织")
    assert (service.uploads.folder / NAME).read_bytes() == report_text(83)
    assert service.kept() == [NAME]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../松果县-2025.txt", NAME),
        ("C:\\报告\\松果县-2025.txt", NAME),
        ("松果县\0-2025.txt", NAME),
        ("松果县\u202e-2025\u200b.txt", NAME),
        ("  松果县-2025.txt. ", NAME),
        ("a<b>:c|d?.TXT", "a_b__c_d_.TXT"),
        (unicodedata.normalize("NFD", "é.txt"), "é.txt"),
    ],
)
def test_names_are_made_safe(service: Service, sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
    landed = service.uploads.add(sent, io.BytesIO(report_text()))
    assert landed.file == kept
    assert service.kept() == [kept]


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ("..", Refusal.NO_NAME),
        ("a/", Refusal.NO_NAME),
        (".hidden.txt", Refusal.HIDDEN),
        ("~$报告.docx", Refusal.HIDDEN),
        ("CON.txt", Refusal.RESERVED),
        ("lpt1.报告.docx", Refusal.RESERVED),
        ("x.exe", Refusal.UNKNOWN_FORMAT),
        ("x", Refusal.UNKNOWN_FORMAT),
        ("manifest.csv", Refusal.MANIFEST),
        ("县" * 79 + ".txt", Refusal.LONG_NAME),
    ],
)
def test_names_that_are_refused(service: Service, sent: str, refusal: Refusal) -> None:
    before = service.ids()
    response = service.send(sent, report_text())
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (body["type"], body["field"]) == ("/problems/unusable-file", "file")
    assert body["reason"] == refusal.value
    assert body["detail"].startswith("file: ")
    assert service.ids() == before
    assert service.kept() == []


@given(st.text(max_size=100), st.sampled_from(sorted(SUFFIXES)))
def test_safe_names_stay_in_the_folder_and_are_stable(stem: str, suffix: str) -> None:
    try:
        name = safe_name(stem + suffix)
    except RefusedFileError:
        return
    assert Path("/folder", name).resolve().parent == Path("/folder")
    assert not name.startswith(".")
    assert Path(name).suffix.lower() in SUFFIXES
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in name)
    assert safe_name(name) == name


def test_files_without_a_report_in_them(service: Service) -> None:
    before = service.ids()
    for name, content, reason, said in (
        ("a.txt", b"", "empty", "empty"),
        ("a.docx", b"", "empty", "empty"),
        ("a.docx", b"no archive", "unreadable", "not a Word document"),
        ("a.pdf", b"%PDF-1.4 broken", "unreadable", "broken"),
        ("a.txt", b" \n \n", "unreadable", "nothing but blanks"),
        ("a.csv", "标题\n无正文\n".encode(), "unreadable", "no column holds the text"),
    ):
        response = service.send(name, content)
        assert response.status_code == 422, name
        body = response.json()
        assert (body["type"], body["reason"]) == ("/problems/unusable-file", reason)
        assert said in body["detail"]
        assert str(service.data) not in response.text
        assert service.kept() == []
    assert service.ids() == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "corpus.why_old_word"),
        ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "corpus.why_not_word"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "corpus.why_broken"),
        ("a.docx", zip_bytes("xl/workbook.xml"), "corpus.why_not_word"),
        ("a.docx", zip_bytes("a.txt"), "corpus.why_not_word"),
        ("a.pdf", b"no pdf", "corpus.why_not_pdf"),
        ("a.pdf", b"%PDF-1.4 broken", "corpus.why_broken"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "corpus.why_other_content"),
        ("a.txt", b" \n ", "corpus.why_no_text"),
        ("a.html", b"<html><body></body></html>", "corpus.why_no_text"),
        ("a.docx", docx_bytes(), "corpus.why_scan"),
        ("a.txt", bytes(range(1, 9)) * 50, "corpus.why_other_content"),
        ("a.csv", b"title\nx\n", "corpus.why_table_no_text"),
        ("a.csv", b"text\n", "corpus.why_table_no_rows"),
        ("a.csv", "text,正文\nx,y\n".encode(), "corpus.why_table_twice"),
        ("a.csv", b"title,text\nx,y\nz,\n", "corpus.why_row_empty"),
        ("a.csv", b"report_id,text\nx,y\nx,z\n", "corpus.why_row_same_id"),
        ("a.csv", b"title,text\nx,y,z\n", "corpus.why_row_cells"),
        ("a.csv", b'title,text\nx,"y"z\n', "corpus.why_row_quotes"),
        ("a.jsonl", b"{", "corpus.why_row_json"),
        ("a.jsonl", b"[1]", "corpus.why_row_json"),
        ("a.jsonl", b'{"title": "x"}', "corpus.why_row_no_text"),
        ("a.jsonl", b'{"text": ["x"]}', "corpus.why_cell_no_text"),
    ],
)
def test_reasons_of_readers_have_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError) as raised:
        read(discover([file]).files[0])
    found = meaning(raised.value.reason)
    assert found.name == words
    for language in Language:
        assert say_in(language)(found.name, **found.values)  # there are words, and all their values


def test_the_words_say_where_in_a_table() -> None:
    found = meaning("line 12: 3 cells where the header has 2 columns (at 'x'); put cells")
    assert say_in(Language.ZH)(found.name, **found.values).startswith(
        "第 12 行有 3 格，表头有 2 列。"
    )
    assert meaning("reading it failed (KeyError: 1)").name == "corpus.why_unknown"


def test_a_file_that_is_too_large(service: Service) -> None:
    service.limited(2000)
    for size in (2001, 200_000):  # refused while it is copied, and before it is read at all
        response = service.send(NAME, b"a" * size)
        assert response.status_code == 413
        body = response.json()
        assert (body["type"], body["field"]) == ("/problems/too-large", "file")
        assert "0.001907 MB" in body["detail"]
    # The same without a declared length.
    boundary = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'

    def body_parts() -> Iterator[bytes]:
        yield boundary
        for _ in range(100):
            yield b"a" * 4000
        yield b"\r\n--b--\r\n"

    response = service.client.post(
        "/api/reports",
        content=body_parts(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert response.status_code == 413
    assert service.kept() == []
    assert service.send(NAME, report_text()).status_code == 201


def test_requests_without_a_file(service: Service) -> None:
    for sent in (
        {"json": {"file": "x"}},
        {"data": {"file": "x"}},
        {"files": {"other": ("a.txt", b"x")}},
        {"files": [("file", ("a.txt", b"x")), ("file", ("b.txt", b"x"))]},
    ):
        response = service.client.post("/api/reports", **sent)
        assert response.status_code == 422
        assert response.json()["field"] == "file"


def test_an_id_that_another_file_uses(service: Service, tmp_path: Path) -> None:
    taken = str(REPORTS[0]["report_id"])
    response = service.send(f"{taken}.txt", report_text())
    assert response.status_code == 409
    body = response.json()
    assert body["type"] == "/problems/report-id-in-use"
    assert taken in body["detail"]
    assert "reports.jsonl" in body["detail"]
    assert str(tmp_path) not in response.text
    assert service.kept() == []
    assert "31个" in service.client.get(f"/api/reports/{taken}/text").json()["text"]
    # The same among uploads: another format.
    service.send(NAME, report_text())
    assert service.send("松果县-2025.md", report_text(83)).status_code == 409
    assert service.kept() == [NAME]


def test_a_table_with_one_id_in_use_lands_not_at_all(service: Service) -> None:
    taken = str(REPORTS[0]["report_id"])
    text = report_text().decode()
    response = service.send("表.jsonl", table_bytes(("新-1", text), (taken, text)))
    assert response.status_code == 409
    assert "新-1" not in service.ids()
    assert service.kept() == []


def test_the_same_file_from_another_folder_is_kept_once(service: Service, tmp_path: Path) -> None:
    other = tmp_path / "other" / NAME
    other.parent.mkdir()
    other.write_bytes(report_text())
    build.add([other], service.data, HashEncoder(), EncoderSettings())
    assert service.send(NAME, report_text()).json()["status"] == "unchanged"
    assert service.kept() == []
    assert service.client.delete(f"/api/reports/{ID}").json()["file"] == "not_uploaded"
    assert other.exists()


class FailingEncoder(HashEncoder):
    """Makes no vectors of passages."""

    def encode_passages(self, texts: Sequence[str], progress: object = None) -> Any:
        raise RuntimeError("no memory")

    def encode_queries(self, texts: Sequence[str]) -> Any:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


@pytest.mark.parametrize("place", ["encoder", "publish"])
def test_a_failure_leaves_all_as_it_was(
    service: Service, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    service.send(NAME, report_text())
    engine = service.uploads._engine()
    with monkeypatch.context() as broken:
        if place == "encoder":
            broken.setattr(engine, "_encoder", FailingEncoder())
        else:

            def fail(*args: object) -> bool:
                raise OSError("the disk is gone")

            broken.setattr(build, "publish", fail)
        status = 500 if place == "encoder" else 507
        assert service.send(NAME, report_text(83)).status_code == status
        assert service.send("另一份.txt", report_text(84)).status_code == status
    assert service.kept() == [NAME]
    assert (service.uploads.folder / NAME).read_bytes() == report_text()
    assert "57个" in service.first_hit("松果县人民调解组织")
    # What the failed ones had written doesn't come with the next.
    assert service.send("第三份.txt", report_text(85)).json()["status"] == "added"
    assert "83个" not in service.client.get(f"/api/reports/{ID}/text").text
    assert "另一份" not in service.ids()
    assert service.send(NAME, report_text(83)).json()["status"] == "updated"


def test_another_process_is_indexing(service: Service) -> None:
    with write_lock(service.data):
        for response in (
            service.send(NAME, report_text()),
            service.client.delete(f"/api/reports/{REPORTS[0]['report_id']}"),
        ):
            assert response.status_code == 409
            assert response.json()["type"] == "/problems/index-busy"
    assert service.kept() == []
    assert service.send(NAME, report_text()).status_code == 201


def test_two_uploads_at_once_both_land(service: Service) -> None:
    start = threading.Barrier(2)
    statuses: list[int] = []

    def send(number: int) -> None:
        start.wait()
        statuses.append(service.send(f"同时-{number}.txt", report_text(number)).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in (61, 62)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert statuses == [201, 201]
    assert {"同时-61", "同时-62"} <= service.ids()
    assert service.kept() == ["同时-61.txt", "同时-62.txt"]
    assert not verify(service.data).problems


def test_removing_an_uploaded_report_deletes_its_file(service: Service) -> None:
    service.send(NAME, report_text())
    response = service.client.delete(f"/api/reports/{quote(ID)}")
    assert response.status_code == 200
    assert response.json() == {"report_id": ID, "file": "deleted"}
    assert ID not in service.ids()
    assert service.kept() == []
    again = service.client.delete(f"/api/reports/{quote(ID)}")
    assert (again.status_code, again.json()["type"]) == (404, "/problems/unknown-report")


def test_removing_touches_no_file_of_another_folder(service: Service, tmp_path: Path) -> None:
    taken = str(REPORTS[1]["report_id"])  # with a slash and a space
    response = service.client.delete(f"/api/reports/{quote(taken, safe='')}")
    assert response.json() == {"report_id": taken, "file": "not_uploaded"}
    assert taken not in service.ids()
    assert (tmp_path / "reports.jsonl").exists()


def test_a_table_stays_as_long_as_it_holds_another_report(service: Service) -> None:
    text = report_text().decode()
    body = service.send("表.jsonl", table_bytes(("表-甲", text), ("表-乙", text + "又一句。")))
    assert body.json()["report_ids"] == ["表-甲", "表-乙"]
    assert service.client.delete("/api/reports/表-甲").json()["file"] == "kept"
    assert service.kept() == ["表.jsonl"]
    assert service.client.delete("/api/reports/表-乙").json()["file"] == "deleted"
    assert service.kept() == []


def test_a_table_without_a_row_it_had_says_what_stays(service: Service) -> None:
    text = report_text().decode()
    service.send("表.jsonl", table_bytes(("表-甲", text), ("表-乙", text + "又一句。")))
    body = service.send(
        "表.jsonl", table_bytes(("表-甲", text), ("表-丙", text + "再一句。"))
    ).json()
    assert body["status"] == "added"
    assert body["stayed"] == ["表-乙"]
    assert "表-乙" in service.ids()


def test_a_removal_that_fails_puts_the_file_back(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.send(NAME, report_text())
    with monkeypatch.context() as broken:

        def fail(*args: object) -> None:
            raise OSError("the disk is gone")

        broken.setattr(build, "remove", fail)
        assert service.client.delete(f"/api/reports/{ID}").status_code == 507
    assert service.kept() == [NAME]
    assert ID in service.ids()


def full(*args: object, **options: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full_database(*args: object, **options: object) -> None:
    class FullError(Exception):
        sqlite_errorname = "SQLITE_FULL"

    raise DamagedIndexError(Path("x"), "disk is full") from FullError()


def read_only(*args: object, **options: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def not_allowed(*args: object, **options: object) -> None:
    raise FolderPermissionError(Path("x"), "write to")


@pytest.mark.parametrize(
    ("place", "name", "trouble", "slug"),
    [
        (os, "mkdir", read_only, "not-writable"),
        (os, "mkdir", full, "disk-full"),
        (uploads_module, "_copy", full, "disk-full"),
        (Path, "replace", full, "disk-full"),
        (build, "write_lock", not_allowed, "not-writable"),
        (build, "publish", full_database, "disk-full"),
    ],
)
def test_a_disk_that_takes_nothing_is_told_and_logged(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    place: object,
    name: str,
    trouble: Callable[..., None],
    slug: str,
) -> None:
    service.send(NAME, report_text())
    before = service.ids()
    with monkeypatch.context() as broken:
        broken.setattr(place, name, trouble)
        response = service.send(NAME, report_text(83))
        assert response.status_code == 507
        assert response.json()["type"] == f"/problems/{slug}"
        assert str(service.data) not in response.text
        page = service.client.post("/corpus/upload", files={"file": (NAME, report_text(83))})
        said = "磁盘已满" if slug == "disk-full" else "不能写入"
        assert page.status_code == 200
        assert said in page.text
    assert any(record.exc_info for record in caplog.records)
    assert service.kept() == [NAME]
    assert (service.uploads.folder / NAME).read_bytes() == report_text()
    assert service.ids() == before
    assert "57个" in service.first_hit("松果县人民调解组织")
    assert service.send(NAME, report_text(83)).json()["status"] == "updated"


def test_a_body_that_finds_no_room_on_the_way(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spool(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("starlette.formparsers.SpooledTemporaryFile", spool)
        response = service.send(NAME, report_text())
        assert response.status_code == 507
        assert response.json()["reason"] == "disk_full"
        page = service.client.post(
            "/corpus/upload", files={"file": (NAME, b"x")}, headers={"Accept": "text/html"}
        )
    assert page.status_code == 507
    assert "服务器磁盘已满或不能写入" in page.text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(service: Service) -> None:
    service.send(NAME, report_text())
    service.uploads.folder.chmod(0o500)
    try:
        for response in (
            service.send(NAME, report_text(83)),
            service.client.delete(f"/api/reports/{ID}"),
        ):
            assert response.status_code == 507
            assert response.json()["reason"] == "not_writable"
    finally:
        service.uploads.folder.chmod(0o700)
    assert service.kept() == [NAME]
    assert ID in service.ids()


def test_a_moved_index_still_knows_its_uploads(tmp_path: Path) -> None:
    app, data = changing_app(tmp_path)
    with TestClient(app) as client:
        client.post("/api/reports", files={"file": (NAME, report_text())})
    moved = tmp_path / "moved"
    data.rename(moved)
    app = create_app(moved, allow_upload=True, hosts=["testserver"])
    with TestClient(app) as client:
        assert client.delete(f"/api/reports/{ID}").json()["file"] == "deleted"
    assert list((moved / "uploads").iterdir()) == []


CROSS_SITE: list[dict[str, str]] = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
]
OWN: list[dict[str, str]] = [
    {},
    {"Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_other_sites_pages_change_nothing(service: Service, headers: dict[str, str]) -> None:
    before = service.ids()
    report_id = str(REPORTS[0]["report_id"])
    for response in (
        service.send(NAME, report_text(), headers=headers),
        service.client.delete(f"/api/reports/{report_id}", headers=headers),
        service.client.post(
            "/corpus/upload", files={"file": (NAME, report_text())}, headers=headers
        ),
        service.client.post("/corpus/remove", data={"report_id": report_id}, headers=headers),
    ):
        assert response.status_code == 403
        assert response.json()["type"] == "/problems/cross-site-request"
    assert service.ids() == before
    assert service.kept() == []


@pytest.mark.parametrize("headers", OWN)
def test_our_own_pages_and_programs_do(service: Service, headers: dict[str, str]) -> None:
    assert service.send(NAME, report_text(), headers=headers).status_code == 201


def test_without_leave_nothing_changes_but_the_routes_are_described(tmp_path: Path) -> None:
    app, data = changing_app(tmp_path, allow_upload=False)
    report_id = str(REPORTS[0]["report_id"])
    with TestClient(app) as client:
        for response in (
            client.post("/api/reports", files={"file": (NAME, report_text())}),
            client.post("/api/reports"),
            client.delete(f"/api/reports/{report_id}"),
            client.post("/corpus/upload", files={"file": (NAME, report_text())}),
            client.post("/corpus/remove", data={"report_id": report_id}),
        ):
            assert response.status_code == 403
            assert response.json()["type"] == "/problems/uploads-not-allowed"
            assert "--allow-upload" in response.json()["detail"]
        assert len(client.get("/api/reports").json()["reports"]) == len(REPORTS)
        paths = client.get("/openapi.json").json()["paths"]
    assert not (data / "uploads").exists()
    form = paths["/api/reports"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert form["schema"]["properties"]["file"] == {"type": "string", "format": "binary"}
    assert set(paths["/api/reports"]["post"]["responses"]) >= {"200", "201", "403", "409", "413"}
    assert "delete" in paths["/api/reports/{report_id}"]


def test_uploads_need_a_folder(engine: engine_module.Engine) -> None:
    with pytest.raises(ValueError, match="folder"):
        create_app(engine=engine, allow_upload=True, hosts=["testserver"])


def test_an_index_without_reports_takes_the_first(tmp_path: Path) -> None:
    data = tmp_path / "new" / "index"
    build.create(data, HashEncoder(), EncoderSettings())
    build.create(data, HashEncoder(), EncoderSettings())  # it is there
    with TestClient(create_app(data, allow_upload=True, hosts=["testserver"])) as client:
        assert client.get("/api/reports").json() == {"reports": []}
        assert client.get("/readyz").json()["reports"] == 0
        assert "还没有收录任何报告" in client.get("/").text
        assert client.get("/api/search?q=人民调解组织").json()["hits"] == []
        response = client.post("/api/reports", files={"file": (NAME, report_text())})
        assert response.status_code == 201
        assert "57个" in client.get("/api/search?q=人民调解组织").text
        assert client.delete(f"/api/reports/{ID}").status_code == 200
        assert client.get("/api/reports").json() == {"reports": []}
    assert not verify(data).problems


def test_withdrawing_what_nobody_has_seen(service: Service) -> None:
    assert build.withdraw(service.data) == 0
    assert service.ids() == {each["report_id"] for each in REPORTS}
