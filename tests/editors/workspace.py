"""The project that the tests of real editors edit, in a folder of its own."""

import os
import subprocess
from pathlib import Path

MAIN = """\
import { labels } from "./common"

/// How many pods.
param replicas: int(1..) = 2
private let image = "registry.example.com/web:1.0"

resource settings = ConfigMap {
  metadata: { name: "settings", labels }
  dta: { replicas: "${replicas}" }
}

resource web = Deployment {
  metadata: { name: "web", labels }
  spec: {
    replicas
    selector.matchLabels: labels
    template: {
      metadata.labels: labels
      spec.containers: { web: { image } }
    }
  }
}

test "two by default" {
  check web.spec.replicas == 2
}

test "five" {
  replicas: 4
  check web.spec.replicas == 5
}
"""
PROJECT = """\
name: "shop"

targets: {
  dev: { file: "./main" }
  prod: { file: "./main", params.replicas: 5 }
}
"""
COMMON = """\
/// What marks everything that is ours.
let labels = { app: "web" }
"""


def place_of(text: str) -> tuple[int, int]:
    """Line and column, from 1, of the first such text in MAIN."""
    before = MAIN[: MAIN.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def line_of(text: str) -> int:
    return place_of(text)[0]


def write(folder: Path) -> Path:
    """The path of the main file."""
    (folder / "project.kdsl").write_text(PROJECT)
    (folder / "common.kdsl").write_text(COMMON)
    main = folder / "main.kdsl"
    main.write_text(MAIN)
    return main


def commit(folder: Path) -> None:
    """Makes a repository of the folder, where the mistake of MAIN is not committed. Without the settings of the user's git."""
    main = folder / "main.kdsl"
    main.write_text(MAIN.replace("dta:", "data:"))
    who = {"GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "test", "GIT_COMMITTER_EMAIL": "test@example.com"}
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "the shop"]):
        subprocess.run(["git", "-C", folder, *command], env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", **who}, check=True)
    main.write_text(MAIN)
