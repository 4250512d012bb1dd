"""The sections of a report as the tree that its outline shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.report import Part, Section
from search_api.web.reader.block_types import anchor


@dataclass(frozen=True, slots=True)
class Node:
    """A section in the outline. `current`: it holds what is cited, and none of its parts does."""

    title: str
    anchor: str
    part: Part
    current: bool
    below: tuple[Node, ...]

    @property
    def holds_current(self) -> bool:
        """Whether it or one of its parts is the current section."""
        return self.current or any(each.holds_current for each in self.below)


def outline_tree(sections: Sequence[Section], at: int | None = None) -> tuple[Node, ...]:
    """The sections that have a title; the one that holds the offset `at` is current."""
    titled = {each.section_id: each for each in sections if each.title}
    above: dict[str | None, list[Section]] = {}
    for each in titled.values():
        # What stands below an untitled section, or one that is unknown, stands at the top.
        parent = each.parent_id if each.parent_id in titled else None
        above.setdefault(parent, []).append(each)
    current = None
    if at is not None:
        holding = [each.section_id for each in titled.values() if each.start <= at < each.end]
        current = holding[-1] if holding else None

    def nodes(parent: str | None) -> tuple[Node, ...]:
        return tuple(
            Node(
                each.title,
                anchor(each),
                each.part,
                each.section_id == current,
                nodes(each.section_id),
            )
            for each in above.get(parent, ())
        )

    return nodes(None)
