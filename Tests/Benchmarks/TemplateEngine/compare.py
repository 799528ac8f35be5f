"""Renders one template with the engine, Jinja2 and MiniJinja, in turn, and prints ratios.

    swift build -c release --product TemplateEngineBenchmark
    python3 Tests/Benchmarks/TemplateEngine/compare.py [PATH-OF-THE-PROGRAM]

Processor time, medians over rounds; ratios are medians of each round's ratio, since a shared machine drifts.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

import jinja2
import minijinja

HERE = pathlib.Path(__file__).parent
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ".build/release/TemplateEngineBenchmark"
ROUNDS = 7
SOURCE = (HERE / "peer.j2").read_text()
CONTEXT = json.loads((HERE / "peer.json").read_text())


def jinja_environment():
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


def minijinja_environment():
    return minijinja.Environment(
        templates={"peer.j2": SOURCE},
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def microseconds(count, body):
    start = time.process_time()
    for _ in range(count):
        body()
    return (time.process_time() - start) / count * 1e6


def engine(*options):
    text = subprocess.run([PROGRAM, *options], input=SOURCE, capture_output=True, text=True, check=True).stdout
    return text if "--output" in options else [float(part) for part in text.split()]


jinja = jinja_environment().from_string(SOURCE)
mini = minijinja_environment()
expected = jinja.render(CONTEXT)
for name, text in [("engine", engine("--output")), ("MiniJinja", mini.render_template("peer.j2", **CONTEXT))]:
    if text != expected:
        sys.exit(f"{name} renders something else than Jinja2")

rows = []
for _ in range(ROUNDS):
    compile_time, render, mapped, read = engine()
    unchecked = engine("--unchecked")[1]
    rows.append(
        {
            "engine": render,
            "engine, unchecked": unchecked,
            "engine, source map": mapped,
            "source map, lines read": read,
            "engine, compile": compile_time,
            "Jinja2": microseconds(500, lambda: jinja.render(CONTEXT)),
            "Jinja2, compile": microseconds(5, lambda: jinja_environment().from_string(SOURCE)),
            "MiniJinja": microseconds(2000, lambda: mini.render_template("peer.j2", **CONTEXT)),
            "MiniJinja, compile": microseconds(50, lambda: minijinja_environment().render_template("peer.j2", **CONTEXT)),
        }
    )

print(f"{SOURCE.count(chr(10))} lines of template, {expected.count(chr(10))} lines of output")
for name in rows[0]:
    values = [row[name] for row in rows]
    print(f"{name:24} {statistics.median(values):10.1f} us   ({min(values):.1f} to {max(values):.1f})")


def ratio(title, above, below):
    print(f"{title:52} {statistics.median(row[above] / row[below] for row in rows):7.1f}")


ratio("render: Jinja2 / engine (at least 5, goal 20)", "Jinja2", "engine")
ratio("render: MiniJinja / engine (more than 1)", "MiniJinja", "engine")
ratio("compile: Jinja2 / engine (more than 10)", "Jinja2, compile", "engine, compile")
ratio("source map on / off (at most 2)", "engine, source map", "engine")
