#!/usr/bin/env python3
"""Fetches the pinned Kubernetes API schemas that the build packs into the kdsl binary.

The schemas come out of one Python wheel, named with its hash in the pin file. pip only downloads it (nothing of it is
installed or run); the files wanted are unpacked to <into>/v1.NN.json. A stamp, written last, records the pin: while it
matches, nothing is downloaded.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MINORS = range(32, 38)
MEMBER = "kubernetes_validate/kubernetes-json-schema/v1.{minor}.0-local/_definitions.json"
STAMP = "pin.txt"


class FetchError(Exception):
    """Something the reader must do or know; the text says what."""


def schema_path(into: pathlib.Path, minor: int) -> pathlib.Path:
    return into / f"v1.{minor}.json"


def pinned_requirement(pin: pathlib.Path) -> str:
    """The pin file without comments: what the stamp is compared with."""
    lines = (line.strip() for line in pin.read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("#"))


def is_current(into: pathlib.Path, requirement: str) -> bool:
    stamp = into / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != requirement:
        return False
    return all(schema_path(into, minor).is_file() for minor in MINORS)


def write_atomically(path: pathlib.Path, content: bytes) -> None:
    """Readers see the old file or the new one, never a part."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def download(pin: pathlib.Path, folder: str) -> pathlib.Path:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
               "--require-hashes", "--only-binary=:all:", "--dest", folder, "--requirement", str(pin)]
    if subprocess.run(command, check=False).returncode != 0:
        raise FetchError(
            f"the wheel named in {pin} could not be downloaded with pip (its messages are above).\n"
            "It needs pip (Debian: python3-pip) and a reachable Python package index, once. Without a network, put the\n"
            "wheel into a folder yourself and run: PIP_NO_INDEX=1 PIP_FIND_LINKS=<folder> scripts/setup.sh")
    wheels = list(pathlib.Path(folder).glob("*.whl"))
    if len(wheels) != 1:
        raise FetchError(f"pip was expected to leave one wheel, but left {len(wheels)}: does {pin} name one package?")
    return wheels[0]


def unpack(wheel: pathlib.Path, into: pathlib.Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for minor in MINORS:
            member = MEMBER.format(minor=minor)
            try:
                content = archive.read(member)
            except KeyError:
                raise FetchError(f"{wheel.name} has no {member}: the pin and this script do not fit") from None
            write_atomically(schema_path(into, minor), content)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=pathlib.Path, required=True, help="the folder for the v1.NN.json files")
    parser.add_argument("--pin", type=pathlib.Path, required=True, help="a pip requirements file with one hashed line")
    arguments = parser.parse_args()

    requirement = pinned_requirement(arguments.pin)
    first, last = schema_path(arguments.into, MINORS[0]), schema_path(arguments.into, MINORS[-1])
    if is_current(arguments.into, requirement):
        print(f"setup: Kubernetes schemas are present ({first.name} … {last.name})")
        return 0
    print(f"setup: fetching the Kubernetes schemas ({requirement.split()[0]}, 22 MB)", flush=True)
    try:
        arguments.into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            unpack(download(arguments.pin, folder), arguments.into)
        write_atomically(arguments.into / STAMP, requirement.encode())
    except FetchError as error:
        print(f"setup: error: {error}", file=sys.stderr)
        return 1
    print(f"setup: wrote {first} … {last.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
