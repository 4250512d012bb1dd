"""A small index made for these tests, with an encoder that needs no model."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSION = 512

# Invented places. 云溪县 and 石桥县 have the same boilerplate with other figures.
REPORTS: list[dict[str, str | int]] = [
    {
        "report_id": "云溪县-2025",
        "title": "云溪县2025年法治政府建设年度报告",
        "region": "云溪县",
        "year": 2025,
        "text": (
            "云溪县2025年法治政府建设年度报告\n"
            "一、工作开展情况\n"
            "（一）健全调解网络\n"
            "全年调整充实了31个人民调解组织的调解员。新设流动调解室2个。\n"
            "（二）规范行政执法\n"
            "组织执法培训4次，有128名执法人员取得行政执法证。\n"
            "二、存在的问题\n"
            "基层执法力量不足，法治宣传形式单一。<script>alert(1)</script>\n"
        ),
    },
    {
        "report_id": "石桥县/2025 甲.乙",
        "title": "石桥县2025年法治政府建设年度报告",
        "region": "石桥县",
        "year": 2025,
        "text": (
            "石桥县2025年法治政府建设年度报告\n"
            "一、工作开展情况\n"
            "（一）健全调解网络\n"
            "全年调整充实了77个人民调解组织的调解员。新设流动调解室9个。\n"
            "（二）改善营商环境\n"
            "县政务中心窗口增加到26个，公路建设完成投资3亿元。\n"
            "附件：名词解释\n"
            "流动调解室：设在工地的调解室。\n"
        ),
    },
    {
        "report_id": "石桥县-2024",
        "title": "石桥县2024年政府工作报告",
        "region": "石桥县",
        "year": 2024,
        "text": (
            "石桥县2024年政府工作报告\n"
            "一、2023年工作回顾\n"
            "2023年地区生产总值增长5.5%，粮食产量达到12万吨。\n"
            "二、2024年工作安排\n"
            "2024年地区生产总值预期增长6%，新建公路40公里。\n"
        ),
    },
]


class HashEncoder:
    """Bags of character pairs, hashed: texts that share words have near vectors."""

    identity = "test-hash-512"
    dimension = DIMENSION

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """(n, 512) float32, rows of unit length."""
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for first, second in zip(text + " ", text[1:] + "  ", strict=False):
                row[zlib.crc32((first + second).encode()) % DIMENSION] += 1
        if progress is not None:
            progress(len(texts))
        unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)[:, None]
        return unit

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 512) float32, rows of unit length."""
        return self.encode_passages(texts)


def write_reports(folder: Path, reports: Sequence[dict[str, str | int]] = REPORTS) -> Path:
    """A table of reports in `folder`."""
    file = folder / "reports.jsonl"
    lines = (json.dumps(each, ensure_ascii=False) for each in reports)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


class Embeddings(BaseHTTPRequestHandler):
    """`POST /v1/embeddings` answered by the hash encoder."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rows = HashEncoder().encode_passages(body["input"])
        data = [{"index": i, "embedding": row.tolist()} for i, row in enumerate(rows)]
        answer = json.dumps({"data": data}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def embeddings_server() -> Iterator[str]:
    """The base URL of an embeddings server that answers with the hash encoder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Embeddings) as opened:
        thread = threading.Thread(target=opened.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{opened.server_address[1]}/v1"
        opened.shutdown()
        thread.join()
