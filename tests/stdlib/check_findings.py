#!/usr/bin/env python3
"""Every rule of a policy module is broken by one target of a project and by none of another.

usage: check_findings.py KDSL PROJECT MODULE POLICY
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def findings(kdsl, project, target):
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([kdsl, "build", target, "-o", out], cwd=project, capture_output=True, text=True)
    return run.returncode, set(re.findall(r"^(?:error|warning)\[([\w.]+)\]", run.stderr, re.MULTILINE)), run.stderr


def main():
    kdsl, project, module, policy = sys.argv[1:]
    kdsl = str(pathlib.Path(kdsl).resolve())
    rules = {f"{policy}.{name}" for name in re.findall(r"^ +(?:final )?(?:check|warn) (\w+):", pathlib.Path(module).read_text(encoding="utf-8"), re.MULTILINE)}
    _, found, _ = findings(kdsl, project, "worst")
    code, none, text = findings(kdsl, project, "best")
    failures = [f"{rule}: broken by nothing" for rule in sorted(rules - found)] + [f"{other}: not expected" for other in sorted(found - rules) if other.startswith(policy)]
    if code or none:
        failures.append(text)
    for failure in failures:
        print(failure)
    print(f"{len(rules)} rules, {len(failures)} failures")
    sys.exit(1 if failures or not rules else 0)


if __name__ == "__main__":
    main()
