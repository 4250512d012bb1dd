"""What the README says of the command line is true."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from eval.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    command = get_command(app)
    return set(getattr(command, "commands", {}))


def test_every_command_is_in_the_readme_and_no_other() -> None:
    named = set(re.findall(r"govsearch ([a-z]+)", README))
    listed = set(re.findall(r"`([a-z]+)`", README.split("## The commands")[1].split("```")[0]))
    assert commands()
    assert commands() <= named | listed
    assert named <= commands()


def test_every_module_of_a_package_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = {name.removesuffix(".py") for name in re.findall(r"`([a-z0-9_*]+(?:\.py)?)`", text)}
    for package in ("corpus", "indexer", "search_api", "eval"):
        for module in (ROOT / package).rglob("*.py"):
            family = module.stem.split("_")[0]  # `docx` stands for its helpers too, as `e5_*` does
            known = {module.stem, f"{family}_*"}
            if module.parent.name == "readers":
                known.add(family)
            assert module.stem.startswith("__") or known & named, module


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
