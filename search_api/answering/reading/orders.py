"""Does a sentence of a report give orders to a machine? (prompt injection; OWASP LLM01)

No report has reason to. Such a sentence is shown to no language model, read for no answer and accepted
as no proof.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from search_api.results import Hit

_ORDERS: Final = re.compile(
    r"忽略.{0,12}(?:指示|指令|要求|提示|规则|内容)|无视.{0,12}(?:指示|指令|要求|提示|规则)"
    r"|(?:请|必须|务必|应当|你)(?:只|直接|一律|都|总是)?(?:回答|输出|回复|说明答案|写出)"
    r"|(?:系统|开发者|用户)(?:提示|消息|指令)|你(?:现在)?是.{0,8}(?:助手|模型|AI|人工智能)|大语言模型|提示词"
    r"|ignore\s+(?:all|any|the|your|previous|above)|disregard\s+(?:all|any|the|previous|above)"
    r"|system\s*prompt|as an ai|you are (?:now|a|an)\b|(?:answer|respond|reply|output)\s+(?:only|with|that)\b"
    r"|<\|?/?(?:im_start|im_end|system|assistant|user|inst)|\[/?INST\]|###\s*(?:system|instruction|assistant)",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Whether a sentence tells a machine what to do, which no report has reason to."""
    return _ORDERS.search(sentence) is not None


def without_orders(hits: Sequence[Hit]) -> list[Hit]:
    """The hits with only those sentences that give no orders."""
    found: list[Hit] = []
    for hit in hits:
        start = hit.citation.start
        kept = [
            row
            for row, span in enumerate(hit.sentences)
            if not is_order(hit.text[span.start - start : span.end - start])
        ]
        likeness = tuple(hit.likeness[row] for row in kept) if hit.likeness else ()
        sentences = tuple(hit.sentences[row] for row in kept)
        found.append(replace(hit, sentences=sentences, likeness=likeness))
    return found
