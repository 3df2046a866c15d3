#!/usr/bin/env python3
"""Checks which folder includes which, where third-party libraries appear, and that no code throws.

    check_layout.py <project root>

The tables below are the architecture: a new edge is a decision, made here and told in docs/internals/architecture.md.
"""

import pathlib
import re
import sys
from typing import Dict, FrozenSet, Iterator, List, Optional

from source_tree import Finding, code_files, report, without_comments_and_text

_PASSES = ["base", "source", "diag", "syntax", "hir", "types", "sema", "eval", "emit"]


def _allowed_edges() -> Dict[str, FrozenSet[str]]:
    """For each folder the folders whose headers it may include, besides its own."""
    edges = {folder: set(_PASSES[:position]) for position, folder in enumerate(_PASSES)}
    for folder in edges:
        if folder != "base":
            edges[folder].add("units")
    edges["units"] = {"base"}
    edges["codec"] = {"base", "units"}
    # Definitions repeat parts of the Kubernetes API.
    edges["crd"] = {"base", "units", "codec", "kubernetes", "syntax"}
    edges["kubernetes"] = {"base", "units"}
    edges["delta"] = {"base", "units", "codec", "kubernetes"}
    for folder in ("types", "sema", "eval", "emit"):
        edges[folder].add("kubernetes")
    for folder in ("eval", "emit"):
        edges[folder].add("codec")
    # Manifests become source: of the language it knows words and layout, no meaning.
    edges["convert"] = {"base", "units", "codec", "kubernetes", "syntax"}
    # The grammar and the pass that runs it are two halves of one thing.
    edges["grammar"] = {"base", "source", "diag", "syntax"}
    edges["syntax"].add("grammar")
    # The graph of a build's objects reads what evaluation finished; it writes nothing.
    edges["graph"] = edges["emit"] - {"emit"} | {"eval", "kubernetes", "codec"}
    edges["query"] = set(edges) - {"grammar", "crd"} | {"stdlib"}
    edges["stdlib"] = set()
    surface = {"query", "source", "diag", "base"}
    edges["include"] = set(surface)
    edges["docgen"] = {"query", "base", "codec"}
    # The command also starts the server, and writes files whole or not at all.
    edges["driver"] = surface | {"include", "lsp", "emit", "crd", "docgen"}
    edges["lsp"] = surface | {"include"}
    edges["api"] = surface | {"include"}
    return {folder: frozenset(allowed) for folder, allowed in edges.items()}


ALLOWED_EDGES = _allowed_edges()

# Folders under which a library may be included; a path that ends in .cpp or .hpp names one file.
LIBRARY_HOMES = {
    "tao/": ("grammar/", "compiler/syntax/"),
    "yaml-cpp/": ("compiler/codec/",),
    "nlohmann/": ("lsp/", "compiler/diag/", "compiler/kubernetes/packgen/", "compiler/driver/"),
    "CLI/": ("compiler/driver/",),
}
# PEGTL is slow to compile: only these many sources may instantiate it.
PEGTL_SOURCES_LIMIT = 2

# Exceptions stay behind the code that calls a throwing library: it catches, and returns a value. None crosses the C interface.
CATCHING_PLACES = ("compiler/codec/", "compiler/driver/", "lsp/", "compiler/kubernetes/packgen/", "compiler/api/")

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?P<open>["<])(?P<name>[^">]+)[">]', re.MULTILINE)
_THROW = re.compile(r"\bthrow\b")
_CATCH = re.compile(r"\bcatch\b")


def folder_of(path: pathlib.PurePosixPath) -> Optional[str]:
    """The architectural folder of a file: `hir` for compiler/hir/…, else the top folder."""
    parts = path.parts
    return (parts[1] if len(parts) > 2 else None) if parts[0] == "compiler" else parts[0]


def target_of(include: str) -> Optional[str]:
    """The architectural folder that an include names, None for a file beside or a library."""
    if include.startswith("kdsl/"):
        return "include"
    first = include.split("/", 1)[0]
    return first if "/" in include and first in ALLOWED_EDGES else None


def _line(code: str, offset: int) -> int:
    return code.count("\n", 0, offset) + 1


def edge_findings(path: pathlib.PurePosixPath, code: str) -> Iterator[Finding]:
    folder = folder_of(path)
    for match in _INCLUDE.finditer(code):
        name, line = match["name"], _line(code, match.start())
        if ".." in name.split("/"):
            yield Finding(path, line, f'include "{name}" leaves its folder by "..": write it from the include root')
            continue
        target = target_of(name)
        if target is None or target == folder:
            continue
        if folder not in ALLOWED_EDGES:
            yield Finding(path, line, f"the folder {folder} is not in the table of allowed edges")
        elif target not in ALLOWED_EDGES[folder]:
            allowed = ", ".join(sorted(ALLOWED_EDGES[folder])) or "nothing"
            yield Finding(path, line, f'{folder} may not include "{name}" (it may include {allowed})')


def library_findings(path: pathlib.PurePosixPath, code: str) -> Iterator[Finding]:
    for match in _INCLUDE.finditer(code):
        for library, homes in LIBRARY_HOMES.items():
            if match["name"].startswith(library) and not str(path).startswith(homes):
                yield Finding(path, _line(code, match.start()), f"<{match['name']}> belongs only in {', '.join(homes)}")


def exception_findings(path: pathlib.PurePosixPath, code: str) -> Iterator[Finding]:
    bare = without_comments_and_text(code)
    for match in _THROW.finditer(bare):
        yield Finding(path, _line(bare, match.start()), "`throw`: errors are values here")
    if not str(path).startswith(CATCHING_PLACES):
        for match in _CATCH.finditer(bare):
            yield Finding(path, _line(bare, match.start()), "`catch` belongs where a throwing library is called: " +
                          ", ".join(CATCHING_PLACES))


def pegtl_findings(root: pathlib.Path) -> Iterator[Finding]:
    """The sources that reach PEGTL through any chain of the project's own headers."""
    includes = {path: [match["name"] for match in _INCLUDE.finditer((root / path).read_text(encoding="utf-8"))]
                for path in code_files(root)}
    by_name = {str(path).split("/", 1)[1] if path.parts[0] in ("compiler", "include") else str(path): path
               for path in includes}

    def uses_pegtl(path: pathlib.PurePosixPath, seen: set) -> bool:
        if path in seen:
            return False
        seen.add(path)
        return any(name.startswith("tao/") or (name in by_name and uses_pegtl(by_name[name], seen))
                   for name in includes[path])

    users = [path for path in includes if path.suffix == ".cpp" and uses_pegtl(path, set())]
    if len(users) > PEGTL_SOURCES_LIMIT:
        for path in users:
            yield Finding(path, 1, f"one of {len(users)} sources that compile PEGTL; {PEGTL_SOURCES_LIMIT} are allowed")


def check(root: pathlib.Path) -> List[Finding]:
    findings: List[Finding] = []
    for path in code_files(root):
        code = (root / path).read_text(encoding="utf-8")
        findings += edge_findings(path, code)
        findings += library_findings(path, code)
        findings += exception_findings(path, code)
    findings += pegtl_findings(root)
    return findings


if __name__ == "__main__":
    sys.exit(report("layout", check(pathlib.Path(sys.argv[1]))))
