"""Workspace edits of the protocol, applied to texts; and what of a text an edit changed."""

import re
from typing import Any, Dict, List

from client import apply_edits


def edits_by_uri(edit: Dict[str, Any]) -> Dict[str, List[Dict[str, Any]]]:
    """The text edits of a workspace edit that makes no files."""
    if "documentChanges" in edit:
        return {change["textDocument"]["uri"]: change["edits"] for change in edit["documentChanges"]}
    return dict(edit.get("changes", {}))


def applied(text: str, edits: List[Dict[str, Any]]) -> str:
    return apply_edits(text, edits)


def changed_lines(before: str, after: str) -> str:
    """Line by line if there are as many, else all between the first and the last difference."""
    old, now = before.split("\n"), after.split("\n")
    if len(old) == len(now):
        return " | ".join(line.strip() for was, line in zip(old, now) if was != line)
    head = 0
    while head < min(len(old), len(now)) and old[head] == now[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(now)) - head and old[-1 - tail] == now[-1 - tail]:
        tail += 1
    return " | ".join(line.strip() for line in now[head:len(now) - tail])


def with_short_entries(text: str) -> str:
    """`{ name: name }` is `{ name }`."""
    return re.sub(r"\b(\w+): \1\b", r"\1", text)
