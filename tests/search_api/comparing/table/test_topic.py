"""What kind of topic is it, and what is put to each report?"""

from __future__ import annotations

import pytest

from search_api.comparing.comparison_types import Topic, TopicKind
from search_api.comparing.table.topic import topic_of
from search_api.errors import BadRequestError
from search_api.questions.question import Language


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        # A measure by its last word.
        ("茶叶产量", ("茶叶产量",)),
        ("乡村书屋覆盖率", ("乡村书屋覆盖率",)),
        ("养蜂收入", ("养蜂收入",)),
        ("滨河步道里程（公里）", ("滨河步道里程（公里）",)),
        # By an indicator the table of terms names.
        ("森林覆盖率!", ("森林覆盖率",)),
        # A mark behind a measure makes it a question for a figure, put as it is.
        ("茶叶产量？", ("茶叶产量？",)),
        ("茶叶产量：", ("茶叶产量",)),
        # Asked already: put as it is.
        ("茶叶产量是多少", ("茶叶产量是多少",)),
        ("修缮了几座古桥？", ("修缮了几座古桥？",)),
        ("养蜂收入占百分之几", ("养蜂收入占百分之几",)),
        ("陶艺产值排第几", ("陶艺产值排第几",)),
    ],
)
def test_figures(text: str, questions: tuple[str, ...]) -> None:
    assert topic_of(text) == Topic(text, TopicKind.FIGURE, questions, Language.ZH)


@pytest.mark.parametrize(
    "text",
    [
        "古桥修缮",
        "河湖治理",
        "优化茶馆布局的措施",
        "陶艺产业发展",
        # End like measures and are none.
        "河湖长制度",
        "茶叶质量",
        "执法力度",
        "种质资源保护进程",
        # The measure is what is to be raised, not what is asked.
        "提高森林覆盖率的措施",
        # Asked, but not for a figure.
        "怎样修缮古桥？",
        "采取了哪些措施保护古桥？",
        "古桥修缮了吗？",
    ],
)
def test_themes(text: str) -> None:
    assert topic_of(text) == Topic(text, TopicKind.THEME, (text,), Language.ZH)


@pytest.mark.parametrize(
    "text",
    [
        # A sentence ends, or ends and goes on.
        "全年新建茶园3000亩。",
        "新建茶园3000亩；修缮古桥9座",
        "新建茶园3000亩！修缮古桥9座",
        # More than one line.
        "古桥修缮\n河湖治理",
        # 46 characters are more than a phrase has.
        "全" * 46,
    ],
)
def test_passages(text: str) -> None:
    assert topic_of(text) == Topic(text, TopicKind.PASSAGE, (text,), Language.ZH)


def test_a_long_phrase_is_no_passage_yet() -> None:
    assert topic_of("全" * 45).kind is TopicKind.THEME
    # English words are longer: 180 characters.
    assert topic_of("ab " * 59 + "ab").kind is TopicKind.THEME
    assert topic_of("ab " * 60 + "ab").kind is TopicKind.PASSAGE


def test_space_around_a_topic_is_none_of_it() -> None:
    assert topic_of(" \u3000茶叶产量\n") == topic_of("茶叶产量")


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("茶叶产量或茶园面积", ("茶叶产量", "茶园面积")),
        ("茶叶产量或者茶园面积", ("茶叶产量", "茶园面积")),
        # The year named first holds for all that have none of their own.
        ("2031年茶叶产量或茶园面积", ("2031年茶叶产量", "2031年茶园面积")),
        ("2031茶叶产量或茶园面积", ("2031茶叶产量", "2031茶园面积")),
        ("2031年茶叶产量或2030年茶园面积", ("2031年茶叶产量", "2030年茶园面积")),
        (
            "2031年茶叶产量或茶园面积或养蜂收入",
            ("2031年茶叶产量", "2031年茶园面积", "2031年养蜂收入"),
        ),
        # A year named last is the last one's alone.
        ("茶叶产量或2031年茶园面积", ("茶叶产量", "2031年茶园面积")),
        # Only one of them is measured: one topic.
        ("古桥修缮或茶园面积", ("古桥修缮或茶园面积",)),
    ],
)
def test_alternatives(text: str, questions: tuple[str, ...]) -> None:
    topic = topic_of(text)
    assert topic.kind is TopicKind.FIGURE
    assert topic.questions == questions
    assert topic.text == text


@pytest.mark.parametrize(
    ("text", "kind", "questions"),
    [
        ("tea output", TopicKind.FIGURE, ("tea output",)),
        ("road mileage", TopicKind.FIGURE, ("road mileage",)),
        (
            "2031 tea output or beekeeping revenue",
            TopicKind.FIGURE,
            ("2031 tea output", "2031 beekeeping revenue"),
        ),
        ("How many bridges were repaired?", TopicKind.FIGURE, ("How many bridges were repaired?",)),
        ("What was the tea output?", TopicKind.FIGURE, ("What was the tea output?",)),
        ("repair of old bridges", TopicKind.THEME, ("repair of old bridges",)),
        ("Which towns have tea area?", TopicKind.THEME, ("Which towns have tea area?",)),
    ],
)
def test_english(text: str, kind: TopicKind, questions: tuple[str, ...]) -> None:
    assert topic_of(text) == Topic(text, kind, questions, Language.EN)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\u3000", "empty"),
        ("？！……", "no words"),
        ("茶" * 5000, "5,000"),
    ],
)
def test_bad_topics_name_their_field(text: str, problem: str) -> None:
    with pytest.raises(BadRequestError, match=problem) as raised:
        topic_of(text)
    assert raised.value.field == "topic"
