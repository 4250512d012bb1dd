"""Invented reports of invented places for the tests of comparisons.

What each says of the topics is written beside it: the tests' expected values are read from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.places.regions import load_gazetteer
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from tests.search_api.support import HashEncoder, write_reports

# In the order a table has them in: no gazetteer knows them, so by their characters.
ALL = (
    "澄溪市-2025",
    "石埠县-2025",
    "竹屿县-2025",
    "苇塘县-2025",
    "霜岭县-2024",
    "霜岭县-2025",
    "鹿鸣县-2025",
)
CHENGXI, SHIBU, ZHUYU, WEITANG, SHUANGLING_BEFORE, SHUANGLING, LUMING = ALL


@contextmanager
def opened(folder: Path) -> Iterator[Engine]:
    """An engine on an index of these reports, made in a folder."""
    table = write_reports(folder, REPORTS)
    build.add([table], folder / "index", HashEncoder(), EncoderSettings(), silent)
    with Engine(Index.open(folder / "index"), HashEncoder, load_gazetteer()) as engine:
        yield engine


def _work_report(place: str, year: int, done: str, planned: str) -> dict[str, str | int]:
    """A work report tells of the results of the year before and plans its own."""
    title = f"{place}{year}年政府工作报告"
    return {
        "report_id": f"{place}-{year}",
        "title": title,
        "region": place,
        "year": year,
        "text": f"{title}\n一、{year - 1}年工作回顾\n{done}\n二、{year}年工作安排\n{planned}\n",
    }


REPORTS: list[dict[str, str | int]] = [
    # Tea: 3.2万吨 reached, 3.5万吨 planned. Old bridges: two sentences.
    _work_report(
        "霜岭县",
        2025,
        "2024年茶叶产量达到3.2万吨，游船码头增加到14座。\n"
        "扎实推进古桥修缮，完成古桥修缮9座。\n"
        "全年改造老旧泵站18座，惠及群众3.5万人。",
        "2025年茶叶产量达到3.5万吨，新建茶叶加工厂6家。\n继续开展古桥修缮。",
    ),
    # Tea: 2.9万吨 reached the year before. Terraced fields: a heading, and a sentence under it.
    _work_report(
        "霜岭县",
        2024,
        "2023年茶叶产量达到2.9万吨，游船码头增加到11座。\n全年改造老旧泵站12座，惠及群众2万人。",
        "新建茶叶加工厂4家。\n（一）梯田养护\n聘请护田员20名。\n推进梯田养护立法。",
    ),
    # Tea: only what is planned. Old bridges: only as a heading.
    _work_report(
        "苇塘县",
        2025,
        "新建乡村书屋25间，培训农技人员600人次。\n全年改造老旧泵站7座，惠及群众1.2万人。",
        "2025年茶叶产量达到8000吨以上，新建乡村书屋30间。\n（一）古桥修缮\n聘请石匠12名，编制图册3卷。",
    ),
    # Tea: only of a year long past.
    _work_report(
        "鹿鸣县",
        2025,
        "2019年茶叶产量仅为1.1万吨，茶农收入不高。\n对使用多年的泵站进行了改造，群众用水更方便。",
        "新建养蜂基地8个。",
    ),
    # Tea: only a total of five years.
    _work_report(
        "澄溪市",
        2025,
        "五年来，茶叶产量累计达到20万吨。\n新建滨河步道26公里。",
        "新建滨河步道30公里。",
    ),
    # Tea: only a target for 2030.
    _work_report(
        "竹屿县",
        2025,
        "新建渔港2座，修复海堤13公里。",
        "到2030年，茶叶产量达到6万吨。\n新建渔港1座。",
    ),
    # No tea at all. A heading with nothing under it.
    _work_report(
        "石埠县",
        2025,
        "新建陶瓷工坊15家，培养陶艺师80名。",
        "新建陶瓷工坊20家。\n（一）窑炉改造\n（二）窑址普查\n登记古窑址16处。",
    ),
]
