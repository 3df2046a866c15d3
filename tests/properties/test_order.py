#!/usr/bin/env python3
"""The order of declarations and entries, of files on the command line, and the number of threads never change what is built.

Makes programs of three layers at random, writes each twice with its declarations and entries in another order, and compares the objects.

    test_order.py KDSL [PROGRAMS] [SEED]
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

NAMES = ["web", "cart", "db", "mail"]

BASE = """component App {{
{app}
}}
"""

APP = [
    "param name: DnsLabel",
    "param replicas: int(0..) = 2",
    "param image: string = \"acme/${name}:1\"",
    "param env: {[EnvName]: string} = {}",
    "let labels = { app: name }",
    """resource deployment = Deployment {
  metadata: { name, labels }
  spec: {
    replicas
    selector.matchLabels: labels
    template: {
      metadata.labels: labels
      spec.containers: [{ name, image, env: [for (k, v in env) { name: k, value: v }] }]
    }
  }
}""",
    "resource service = Service { metadata: { name, labels }, spec: { selector: labels, ports: [{ port: 80 }] } }",
    "resource settings = if (env.has(\"LEVEL\")) ConfigMap { metadata.name: name, data: { ...env } }",
]

# Entries of an overlay; those of one group set one leaf, so that a body has at most one of them.
ENTRIES = [
    ["{n}.replicas: super * 2", "{n}.replicas: 7", "{n}.replicas: super + {other}.replicas"],
    ["{n}.env.LEVEL: \"info\"", "{n}.env: {{ LEVEL: \"debug\", MODE: \"{n}\" }}"],
    ["{n}.image: \"acme/{n}:2\"", "{n}.image: \"${{{other}.name}}-copy:1\""],
    ["{n}.service: absent", "{n}.service.spec.type: \"NodePort\""],
    ["{n}.deployment.spec.template.spec.containers[\"{n}\"].imagePullPolicy: \"Always\"", "{n}.deployment.spec.template.spec.containers: append [{{ name: \"side\", image: \"side:1\" }}]"],
    ["{n}.settings?.data.EXTRA: \"x\""],
]
CLAUSES = [
    ["each Deployment {{ spec.revisionHistoryLimit: 3 }}"],
    ["each Container where (self.name != \"side\") {{ env: append [{{ name: \"ZONE\", value: \"a\" }}] }}"],
    ["each Namespaced {{ metadata: {{ namespace: \"{level}\", labels.{level}: \"yes\" }} }}"],
    ["each ConfigMap {{ data.BY: \"{level}\" }}", "each ConfigMap: absent"],
    ["if (stage == \"prod\") each Deployment {{ spec.minReadySeconds: 5s }}"],
    ["each Service where (self.metadata.name == \"web\") {{ spec.ports[80].targetPort: 8080 }}"],
    ["each Deployment where (self.metadata.name != \"mail\") {{ spec.template.spec.containers: append [{{ name: \"{level}-log\", image: \"log:1\" }}] }}"],
    ["each Container where (self.name == \"side\") {{ image: super + \"-slim\" }}"],
    ["each Service where (self.metadata.name == \"cart\"): absent"],
    ["each Service where (self.spec.ports.len() > 1): absent"],
    ["each Deployment where (self.spec.replicas > 12): absent", "each Deployment where (self.metadata.labels.len() > 6): absent"],
    ["each Service where (self.metadata.labels[\"app\"]? != absent) {{ metadata.annotations.seen: \"yes\" }}"],
    ["each Deployment where (all(Service).len() == 2) {{ metadata.annotations.two: \"yes\" }}"],
    ["each ConfigMap where (all(Service).len() == 3): absent"],
    ["each Deployment | ConfigMap where (self.metadata.name == \"db\") {{ metadata.labels.data: \"yes\" }}"],
]

# Policies of the root, and waivers of them: what they find must not depend on the order either.
POLICIES = [
    "policy Named {{ each Deployment {{ check short: self.metadata.name.len() < 5 else \"`${{self.metadata.name}}` is long\" }} }}",
    "policy Scaled {{ each Deployment where (self.spec.replicas > 6) {{ warn few: all(Service).len() > 2 else \"few services\", check deadline: self.spec.minReadySeconds? }} }}",
    "policy Pinned {{ check image: all(Container).all(c => !c.image.endsWith(\":2\")) else \"an image moved\" }}",
]
WAIVERS = ["{n}: {{ waive Named because \"its name\" }}", "waive Scaled.deadline because \"a test\"", "{n}: {{ waive Scaled because \"a test\" }}"]


def body(make, level):
    """The entries of one layer: at most one of each group."""
    entries = []
    for name in NAMES:
        for group in ENTRIES:
            if make.random() < 0.4:
                other = make.choice([candidate for candidate in NAMES if candidate > name] or ["none"])
                choices = [entry for entry in group if "{other}" not in entry or other != "none"]
                entries.append(make.choice(choices).format(n=name, other=other))
    for group in CLAUSES:
        if make.random() < 0.5:
            entries.append(make.choice(group).format(level=level))
    return entries


def policies(make):
    """Of the root: each at most once, and waivers of what is declared."""
    chosen = [text.format() for text in POLICIES if make.random() < 0.4]
    waived = [text.format(n=make.choice(NAMES)) for text in WAIVERS if make.random() < 0.5]
    return chosen + [text for text in waived if any(text.split("waive ")[1].split()[0].split(".")[0] in policy for policy in chosen)]


def program(seed):
    """Its files, each as a head and parts whose order means nothing."""
    make = random.Random(seed)
    resources = [f'resource {name} = App {{ name: "{name}" }}' for name in NAMES]
    return {
        "base.kdsl": ("", [("component", list(APP))] + [("plain", text) for text in ['param stage: "dev" | "prod" = "dev"'] + resources]),
        "team.kdsl": ('extends "./base"', [("plain", text) for text in body(make, "team")]),
        "prod.kdsl": ('extends "./team"', [("plain", text) for text in ['stage: "prod"'] + body(make, "prod") + policies(make)]),
    }


def written(files, order):
    texts = {}
    for name, (head, parts) in files.items():
        parts = list(parts)
        order.shuffle(parts)
        lines = [head]
        for kind, part in parts:
            if kind == "component":
                inner = list(part)
                order.shuffle(inner)
                part = BASE.format(app="\n".join(inner))
            lines.append(part)
        texts[name] = "\n".join(lines) + "\n"
    return texts


def built(kdsl, folder, texts, arguments):
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    result = subprocess.run([kdsl, "build", "--format", "json", "--diagnostics", "json", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    if result.returncode not in (0, 1):
        sys.exit(f"kdsl ended with {result.returncode}: {result.stderr}")
    if result.returncode == 1:
        # What one line does in several places is told at the first of them, which is another one in another order.
        return sorted({(found["code"], re.sub("`[^`]*`", "`…`", found["message"])) for found in json.loads(result.stderr)["diagnostics"]})
    decoder, at, objects = json.JSONDecoder(), 0, []
    while at < len(result.stdout):
        value, at = decoder.raw_decode(result.stdout, at)
        objects.append(value)
        while at < len(result.stdout) and result.stdout[at].isspace():
            at += 1
    return sorted(json.dumps(value, sort_keys=True) for value in objects)


def main():
    kdsl = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    good = errors = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + count):
            files = program(number)
            first_texts = written(files, random.Random(number * 2))
            first = built(kdsl, folder, first_texts, ["prod.kdsl"])
            second_texts = written(files, random.Random(number * 2 + 1))
            second = built(kdsl, folder, second_texts, ["prod.kdsl"])
            if first != second:
                print(f"program {number} depends on the order of its entries:")
                for name in files:
                    print(f"--- {name}\n{first_texts[name]}\n--- {name}, shuffled\n{second_texts[name]}")
                print("first:", [line for line in first if line not in second][:3])
                print("second:", [line for line in second if line not in first][:3])
                return 1
            many = built(kdsl, folder, second_texts, ["-j", "4", "prod.kdsl", "team.kdsl"])
            turned = built(kdsl, folder, second_texts, ["-j", "1", "team.kdsl", "prod.kdsl"])
            if many != turned:
                print(f"program {number} depends on the order of files or threads")
                return 1
            if first and isinstance(first[0], str):
                good += 1
            else:
                errors += 1
    print(f"{good} programs build and {errors} fail, alike in every order")
    return 0 if good > count // 4 else 1


if __name__ == "__main__":
    sys.exit(main())
