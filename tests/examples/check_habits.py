#!/usr/bin/env python3
"""What writing systems in kdsl is like, measured on the examples.

- Half of all programs set at most a dozen fields.
- Application files name no kind of Kubernetes.
- How lines are indented changes nothing.
- A misspelt field is an error, and the error names the right one.

usage: check_habits.py KDSL EXAMPLES
"""
import json
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

PROGRAM = re.compile(r"\b(?:WebService|Worker|StatefulService|Task|Schedule|Micro) \{")
KIND = re.compile(r"(?<![\w.])(?:Deployment|Service|Ingress|HorizontalPodAutoscaler|StatefulSet|CronJob)\b(?! of)")
APPLICATIONS = ["hello", "observability", "online-boutique", "shop", "sock-shop"]
MOST_FIELDS, MOST_TYPOS, LEAST_TYPOS, LEAST_RIGHT = 12, 80, 100, 0.9


def without_comments(text):
    return re.sub(r"^\s*//.*$|\s// .*$", "", text, flags=re.MULTILINE)


def body_at(text, begin):
    """From an opening brace to the one that closes it."""
    depth = 0
    for position in range(begin, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return text[begin : position + 1]
    return text[begin:]


def fields_of(body):
    """Entries `key: value` and short ones, `name`, of a body and of those in it; texts are left out."""
    plain = re.sub(r'"(?:\\.|[^"\\])*"', '""', body)
    return len(re.findall(r'[\w"\]]\??\s*:\s', plain))


def builds_of(kdsl, folder):
    command = [kdsl, "build", "-o", "out-of-test"] if (folder / "project.kdsl").exists() else None
    if command:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        made = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted((folder / "out-of-test").rglob("*.yaml"))}
        shutil.rmtree(folder / "out-of-test", ignore_errors=True)
        return made if done.returncode == 0 else {"error": done.stderr}
    return {file.name: subprocess.run([kdsl, "build", file.name], cwd=folder, capture_output=True, text=True).stdout for file in sorted(folder.glob("*.kdsl"))}


def reindented(text, chance):
    """Every line moved by chance; inside of texts over several lines nothing moves."""
    lines, inside = [], False
    for line in text.splitlines():
        lines.append(line if inside else " " * chance.randrange(9) + line.strip())
        inside ^= line.count('"""') % 2 == 1
    return "\n".join(lines) + "\n"


def misspelt(word, chance):
    at = chance.randrange(1, len(word) - 1)
    return chance.choice([word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])


def params(kdsl):
    written = subprocess.run([kdsl, "doc", "std/app", "--format", "json"], capture_output=True, text=True, check=True)
    return {member["name"] for item in json.loads(written.stdout)["modules"][0]["items"] if item["word"] == "component" for member in item["members"] if member["word"] == "param"}


def typos(kdsl, file, known, chance, most):
    """(rejected, right suggestion) of misspelt fields of programs in a file, at random."""
    text, found = file.read_text(encoding="utf-8"), set()
    for program in PROGRAM.finditer(text):
        begin = program.end() - 1
        body = body_at(text, begin)
        found |= {(begin + place.start(1), place[1]) for place in re.finditer(r"[{,\n] +([a-z]\w{2,})(?=[:.])", body) if place[1] in known}
    for at, word in chance.sample(sorted(found), min(most, len(found))):
        wrong = misspelt(word, chance)
        if wrong in known or wrong == word:
            continue
        mutant = file.with_name("mutant.kdsl")
        mutant.write_text(text[:at] + wrong + text[at + len(word) :], encoding="utf-8")
        done = subprocess.run([kdsl, "check", mutant.name], cwd=file.parent, capture_output=True, text=True)
        mutant.unlink()
        told = done.stdout + done.stderr
        yield done.returncode != 0 and f"`{wrong}`" in told, f"did you mean `{word}`" in told


def main():
    kdsl, examples = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    chance, failures, counts, results, moved = random.Random(4711), [], [], [], 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "examples"
        shutil.copytree(examples, copy, ignore=shutil.ignore_patterns("out"))
        known = params(kdsl)
        for name in APPLICATIONS:
            for file in sorted((copy / name).glob("*.kdsl")):
                text = without_comments(file.read_text(encoding="utf-8"))
                counts += [fields_of(body_at(text, program.end() - 1)) for program in PROGRAM.finditer(text)]
                failures += [f"{name}/{file.name} names {kind[0]}" for kind in KIND.finditer(text)]
                results += typos(kdsl, file, known, chance, MOST_TYPOS)
            before = builds_of(kdsl, copy / name)
            for file in (copy / name).rglob("*.kdsl"):
                file.write_text(reindented(file.read_text(encoding="utf-8"), chance), encoding="utf-8")
                moved += 1
            if builds_of(kdsl, copy / name) != before or not before:
                failures.append(f"{name}: other lines are built when it is indented otherwise")
    if statistics.median(counts) > MOST_FIELDS:
        failures.append(f"half of the programs set more than {statistics.median(counts)} fields")
    rejected, right = sum(one for one, _ in results), sum(both for _, both in results)
    if rejected < len(results) or right < LEAST_RIGHT * len(results):
        failures.append(f"of {len(results)} misspelt fields {rejected} are rejected, {right} with the right name")
    for failure in failures:
        print(failure)
    print(f"{len(counts)} programs with {statistics.median(counts)} fields in the median, {moved} files indented anew, {len(results)} misspelt fields: {rejected} rejected, {right} with the right name; {len(failures)} failures")
    sys.exit(1 if failures or len(results) < LEAST_TYPOS or len(counts) < 20 else 0)


if __name__ == "__main__":
    main()
