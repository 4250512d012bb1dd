"""Words of texts, as they should be cut, and cut alike by both cutters."""

import logging
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.load import discover, read
from indexer.tokenizer import Cutter, JiebaCutter, RjiebaCutter, choose_cutter, tagged, tokenize
from tests.shared import REPORTS, needs_shared

ROOT = Path(__file__).parents[2]
SENTENCES = 5_000
_ENDS = re.compile(r"(?<=[。！？；\n])")
_CLAUSES = re.compile(r"[，。！？；：\n]+")

needs_rjieba = pytest.mark.skipif(
    find_spec("rjieba") is None, reason="rjieba has no wheel here: there is nothing to compare with"
)


@pytest.fixture(scope="module")
def slow() -> JiebaCutter:
    """The one that is used where rjieba is not installed, whether it is or not."""
    return JiebaCutter()


@pytest.fixture(scope="module", params=["rjieba", "jieba"])
def cutter(request: pytest.FixtureRequest, slow: JiebaCutter) -> Cutter:
    if request.param == "jieba":
        return slow
    pytest.importorskip("rjieba")
    return RjiebaCutter()


@pytest.fixture(scope="module")
def samples() -> list[str]:
    """The texts of the sample reports that can be read with what is installed for running."""
    files = discover([ROOT / "corpus" / "samples"]).files
    return [found.report.text for source in files for found in read(source)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("54个", ["54", "个"]),
        ("增长5.5%", ["增长", "5.5%"]),
        ("增长５．５％", ["增长", "5.5%"]),
        ("3,500.5亿元", ["3500.5", "亿元"]),
        ("10,20", ["10", "20"]),  # an enumeration, not a thousand
        ("GDP总量", ["gdp", "总量"]),
        ("“十四五”期间", ["十四", "四五", "十四五", "期间"]),
        ("調整人民調解組織", ["调整", "人民", "民调", "调解", "人民调解", "组织"]),
        ("教育和医疗", ["教育", "医疗"]),
        ("", []),
        ("。，！ \n\t", []),
    ],
)
def test_words(text: str, tokens: list[str], cutter: Cutter) -> None:
    assert tokenize(text, cutter) == tokens == tokenize(text)


def test_english_words_are_lower_case_and_whole(cutter: Cutter) -> None:
    assert tokenize("How many Mediation organizations?", cutter) == [
        "how",
        "many",
        "mediation",
        "organizations",
    ]


def test_no_word_has_white_space_in_it(cutter: Cutter) -> None:
    words = tokenize("人工智能+ 行动\u3000计划 a\u00a0b C++ x_y 3.0版", cutter)
    assert not [word for word in words if word.split() != [word]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # jieba itself cuts these at each sign. In 55,599 sentences of real reports that were the only
        # differences: ten, in web addresses, 5G-A and AR-E.
        ("tjj.hubei.gov.cn", ["tjj", "hubei", "gov", "cn", "tjj.hubei.gov.cn"]),
        ("G-A网络", ["G-A", "网络"]),
        ("AR-E飞行器", ["AR", "AR-E", "飞行", "飞行器"]),
        ("a.shtml)", ["shtml", "a.shtml", ")"]),
        ("x_y- 3.6.3", ["x_y", "-", " ", "3.6.3"]),
        # It would also cut off each rare character.
        ("䶮㐀𠮷\r\n", ["䶮㐀𠮷", "\r\n"]),
    ],
)
def test_latin_names_and_rare_characters_are_whole(
    text: str, words: list[str], cutter: Cutter
) -> None:
    assert cutter.search_words(text) == words


def test_words_have_a_part_of_speech(cutter: Cutter) -> None:
    assert cutter.tagged("推动“双控”，5G-A达3.5%！\n") == [
        ("推动", "v"),
        ("“", "x"),
        ("双控", "b"),  # not in the dictionary, like the four below
        ("”", "x"),
        ("，", "x"),
        ("5G-A", "eng"),
        ("达", "v"),
        ("3.5%", "m"),
        ("！", "x"),
        ("\n", "x"),
    ]
    assert cutter.tagged("") == [] == tagged("")


def test_tagged_words_are_the_text_again(cutter: Cutter, samples: list[str]) -> None:
    assert all("".join(word for word, _ in cutter.tagged(text)) == text for text in samples)


def assert_same_words(sentences: Iterable[str], slow: JiebaCutter) -> None:
    fast = RjiebaCutter()
    for sentence in sentences:
        assert slow.search_words(sentence) == fast.search_words(sentence), sentence
        assert slow.tagged(sentence) == fast.tagged(sentence), sentence
        assert tokenize(sentence, slow) == tokenize(sentence, fast), sentence


@needs_rjieba
def test_both_cut_the_samples_alike(slow: JiebaCutter, samples: list[str]) -> None:
    assert len(samples) >= 12
    assert_same_words(samples, slow)


@needs_rjieba
def test_both_cut_sentences_of_the_samples_clauses_alike(
    slow: JiebaCutter, samples: list[str]
) -> None:
    """Halves of clauses are put together, so that there are words at the seams that nobody wrote."""
    chance = random.Random(7)
    clauses = sorted({c for text in samples for c in _CLAUSES.split(text) if len(c) > 3})
    halves = [c[: len(c) // 2] for c in clauses] + [c[len(c) // 2 :] for c in clauses]
    made = {
        "".join(chance.choices(halves, k=2)) + "，" + chance.choice(clauses) for _ in range(5_500)
    }
    assert len(made) >= SENTENCES
    assert_same_words(sorted(made)[:SENTENCES], slow)


@needs_rjieba
def test_both_cut_any_characters_alike(slow: JiebaCutter) -> None:
    chance = random.Random(8)
    characters = "aB3+#&._%-@ \r\n\t，〇é９㐀䶮鿫鿖豈𠀀𫝀的国家双控善作碳一二这是仍对罗为人民发展"
    strings = ["".join(chance.choices(characters, k=chance.randint(1, 12))) for _ in range(4_000)]
    assert_same_words(strings, slow)


@needs_rjieba
@needs_shared
def test_both_cut_sentences_of_real_reports_alike(slow: JiebaCutter) -> None:
    found: set[str] = set()
    for path in REPORTS:
        found.update(filter(str.strip, _ENDS.split(path.read_text(encoding="utf-8-sig"))))
    assert_same_words(random.Random(9).sample(sorted(found), SENTENCES), slow)


def test_jieba_is_used_only_where_rjieba_is_not_installed() -> None:
    def missing() -> Cutter:
        raise ModuleNotFoundError("No module named 'rjieba'", name="rjieba")

    def broken() -> Cutter:
        raise ImportError("undefined symbol", name="rjieba")

    def lacking() -> Cutter:
        raise ModuleNotFoundError("No module named 'other'", name="other")

    assert isinstance(choose_cutter(missing), JiebaCutter)
    for fails in (broken, lacking):
        with pytest.raises(ImportError):
            choose_cutter(fails)


@needs_rjieba
def test_rjieba_is_used_where_it_is_installed() -> None:
    assert isinstance(choose_cutter(), RjiebaCutter)


def test_jieba_reports_nothing_and_leaves_no_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    # What another user could have put there is not read.
    (tmp_path / "jieba.cache").write_bytes(b"not a dictionary")
    with caplog.at_level(logging.DEBUG):
        assert JiebaCutter().tagged("人民调解") == [("人民调解", "l")]
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_jieba_loads_where_warnings_are_errors(tmp_path: Path) -> None:
    """Compiled anew, as at the first start after an installation: that is when Python warns."""
    program = "from indexer.tokenizer import JiebaCutter, tokenize; print(tokenize('人民调解', JiebaCutter()))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("['人民', '民调', '调解', '人民调解']", "")
