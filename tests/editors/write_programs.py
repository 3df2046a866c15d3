#!/usr/bin/env python3
"""Writes every program (programs.py) and what the compiler makes of it (classes.py) for the highlighters: write_programs.py KDSL FOLDER"""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from classes import reference  # noqa: E402
from programs import all_programs  # noqa: E402


def main(kdsl: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    programs = all_programs(kdsl)
    with ThreadPoolExecutor() as pool:
        references = list(pool.map(lambda program: reference(kdsl, program.text), programs))
    for index, (program, wanted) in enumerate(zip(programs, references)):
        (folder / f"{index:04}.kdsl").write_bytes(program.text)
        (folder / f"{index:04}.wanted").write_text(wanted.classes)
        (folder / f"{index:04}.name").write_text(f"{'broken' if wanted.broken else 'whole'} {program.name}")
    print(f"{len(programs)} programs in {folder}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
