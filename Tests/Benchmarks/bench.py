"""Measures peerconf beside others, all in turn in one run, and prints the ratios against what is required."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import data
import table
from measure import Series, run

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BUILD = ROOT / ".build-benchmarks"
PACK = ROOT / "templates/strongswan"
PEERCONF = os.environ.get("PEERCONF_PROGRAM", str(ROOT / ".build/release/peerconf"))
PYTHON = sys.executable
XSLTPROC = shutil.which("xsltproc") or sys.exit("run Tests/Benchmarks/install first")


def arguments():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/run", description=__doc__)
    parser.add_argument("--most", type=int, default=100000, metavar="N", help="no more than N connections (100000)")
    parser.add_argument("--quick", action="store_const", const=1000, dest="most", help="no more than 1000 connections")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement (5); the largest take one")
    parser.add_argument("--only", default="", help="parts with this word in their names")
    return parser.parse_args()


OPTIONS = arguments()
# In memory where there is such a place: a disk's moods would hide the programs.
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="peerconf-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))


def answers(count, **options):
    name = "-".join([str(count), *(f"{key}-{value}" for key, value in options.items())])
    return data.make(BUILD / "data" / name, count, **options)


def program(*arguments, statuses=(0,), before=None):
    return arguments, statuses, before


def peerconf(*arguments, before=None):
    """Findings are no failure here."""
    return program(PEERCONF, *arguments, statuses=(0, 1), before=before)


def render(folder, *more, pack=PACK, before=None):
    own = () if pack == PACK else ("--templates", pack.parent)
    arguments = ("--site", folder / "site.toml", "--device", pack.name, *own)
    return peerconf("render", folder, *arguments, *more, before=before)


def script(engine, folder, pack):
    return program(PYTHON, HERE / "programs/script.py", engine, folder, pack)


def swanctl_only():
    """The strongSwan pack without the documents of whole devices, which the stylesheet does not make either."""
    pack = SCRATCH / "packs/swanctl"
    shutil.copytree(PACK, pack)
    manifest = (pack / "strongswan.toml").read_text().split("[[documents]]")
    # What follows the last document begins at its next table.
    *documents, last = manifest[1:]
    last, rest = re.split(r"(?m)^(?=\[)", last, maxsplit=1)
    kept = [document for document in [*documents, last] if 'scope = "connection"' in document]
    (pack / "swanctl.toml").write_text("[[documents]]".join([manifest[0], *kept]) + "\n" + rest)
    (pack / "strongswan.toml").unlink()
    for template in ["frr", "frr_secrets", "interfaces"]:
        (pack / f"strongswan_{template}.j2").unlink()
    return pack


def rivals(folder, pack):
    """Programs that print the same: xsltproc's stylesheet knows the connections' own documents only."""
    inputs = sorted(folder.glob("*.xml"))
    stylesheet = HERE / "programs/swanctl.xsl"
    gateways = ("--stringparam", "gateways", folder / "gateways.xml")
    return {
        "peerconf": render(folder, pack=pack),
        "SAX": program(BUILD / "sax", *inputs),
        "lxml + Jinja2": script("jinja2", folder, pack),
        "lxml + MiniJinja": script("minijinja", folder, pack),
        "xsltproc": program(XSLTPROC, *gateways, stylesheet, folder / "connections.xml"),
    }


def measure(title, programs, rounds=OPTIONS.rounds):
    print(f"… {title}", file=sys.stderr, flush=True)
    series = Series().measure(programs, rounds, SCRATCH / "output")
    table.figures(title, series, programs)
    return series


def documents(text):
    """Texts of the connections' own files, without the tunnels' numbers, which XSLT can't derive."""
    parts = re.split(r"(?m)^# ==> ", text)[1:]
    pairs = (part.split(" <==\n", 1) for part in parts)
    return {name: re.sub(r"(xfrm|if_id_\w+ = )\d+", r"\1N", text).strip() for name, text in pairs if "swanctl/" in name}


def check_equality(pack):
    """Nothing is compared with a program that does something else."""
    folder, texts = answers(50), {}
    for name, (command, statuses, _) in rivals(folder, pack).items():
        run(command, SCRATCH / "output", statuses)
        texts[name] = (SCRATCH / "output").read_text()
    for name in ["lxml + Jinja2", "lxml + MiniJinja"]:
        if texts[name] != texts["peerconf"]:
            sys.exit(f"{name} prints something else than peerconf with the pack {pack.name}")
    if documents(texts["xsltproc"]) != documents(texts["peerconf"]):
        sys.exit("the stylesheet prints something else than peerconf")


def part_render():
    sizes = [count for count in [1, 50, 1000, 10000, 100000] if count <= OPTIONS.most]
    compared = min(10000, sizes[-1])
    peaks = {}
    for count in sizes:
        rounds = OPTIONS.rounds if count <= 1000 else min(3, OPTIONS.rounds) if count <= 10000 else 1
        title = f"render, {count:,} connections".replace(",", " ")
        whole = rivals(answers(count), PACK)
        del whole["xsltproc"]
        series = measure(title, whole, rounds)
        peaks[count] = series.median("peerconf", "peak")
        if count == compared:
            swanctl = measure(title + ", swanctl only", rivals(answers(count), SWANCTL), rounds)
            table.row(f"swanctl of {count}, against the bare SAX parse", swanctl, "peerconf", "SAX", 3.0, 2.0)
            table.row("the same against lxml + Jinja2", swanctl, "peerconf", "lxml + Jinja2", 0.15, 0.10)
            table.row("the same against lxml + MiniJinja", swanctl, "peerconf", "lxml + MiniJinja", 0.22, 0.15)
            table.row("the same against xsltproc", swanctl, "peerconf", "xsltproc", 0.30, 0.20)
            table.row(f"all documents of {count}, against the bare SAX parse", series, "peerconf", "SAX")
            table.row("the same against lxml + Jinja2", series, "peerconf", "lxml + Jinja2")
            table.row("the same against lxml + MiniJinja", series, "peerconf", "lxml + MiniJinja")
        if count == 50:
            table.row("render 50, against lxml + Jinja2", series, "peerconf", "lxml + Jinja2", 0.10, 0.06)
    if 100000 in peaks:
        table.value("peak memory at 100 000 against 1 000", peaks[100000] / peaks[1000], 2.0, 1.5)


def part_start():
    programs = {
        "--version": peerconf("--version"),
        "render, 1 connection": render(answers(1)),
        "C and libxml2": program(BUILD / "start"),
        "python -c pass": program(PYTHON, "-c", "pass"),
    }
    series = measure("start-up", programs, max(25, OPTIONS.rounds))
    table.row("--version, against C and libxml2", series, "--version", "C and libxml2", 3.0, 1.5)
    table.row("render 1, against C and libxml2", series, "render, 1 connection", "C and libxml2")
    table.row("render 1, against python -c pass", series, "render, 1 connection", "python -c pass")


def part_forms():
    count = min(10000, OPTIONS.most)
    programs = {
        "XML": render(answers(count)),
        "JSON": render(answers(count, kind="json")),
        "pages of 50": render(answers(count, pages=count // 50)),
    }
    series = measure(f"forms of {count} connections", programs, min(3, OPTIONS.rounds))
    table.row("JSON, against XML", series, "JSON", "XML", 1.5, 1.2)
    table.row("pages of 50, against one document", series, "pages of 50", "XML", 1.3, 1.15)


def part_review():
    for count in [count for count in [500, 10000] if count <= OPTIONS.most]:
        folder, other = answers(count), answers(count, changed=5)
        output = SCRATCH / f"checked-{count}"
        run(render(folder, "-o", output)[0], SCRATCH / "output", (0, 1))
        old, new = (path / "connections.xml" for path in (folder, other))
        programs = {
            "lint": peerconf("lint", folder, "--site", folder / "site.toml"),
            "diff": peerconf("diff", old, new),
            "render --check": render(folder, "-o", output, "--check"),
            "SAX": program(BUILD / "sax", *sorted(folder.glob("*.xml"))),
        }
        if count == 500:
            texts = [SCRATCH / f"ios-{path.name}" for path in (folder, other)]
            for path, text in zip((folder, other), texts):
                command = (PEERCONF, "render", path, "--site", path / "site.toml", "--device", "cisco-ios")
                run((*command, "--secrets", "inline", "-o", text), SCRATCH / "output", (0, 1))
            programs["hier_config"] = program(PYTHON, HERE / "programs/diff_texts.py", *texts)
        series = measure(f"review of {count} connections", programs, OPTIONS.rounds if count == 500 else 3)
        if count == 500:
            table.row("diff of 500, against hier_config", series, "diff", "hier_config", 0.10, 0.03)
        for name in ["lint", "diff", "render --check"]:
            table.row(f"{name} of {count}, against the bare SAX parse", series, name, "SAX")


def part_folder():
    """3 636 connections are 10 000 files."""
    count = min(3636, OPTIONS.most)
    folder = answers(count)
    for place, parent in [("in memory", SCRATCH), ("on disk", BUILD)]:
        output = parent / "folder"
        programs = {
            "first run": render(folder, "-o", output, before=lambda: shutil.rmtree(output, ignore_errors=True)),
            "second run": render(folder, "-o", output),
        }
        series = measure(f"output folder {place}, {count} connections", programs, min(3, OPTIONS.rounds))
        table.row(f"folder {place}, second run against first", series, "second run", "first run", 0.5, 0.25)
        shutil.rmtree(output, ignore_errors=True)


def main():
    print(subprocess.run([PEERCONF, "--version"], capture_output=True, text=True, check=True).stdout.strip(), PEERCONF)
    check_equality(PACK)
    check_equality(SWANCTL)
    for part in [part_start, part_render, part_forms, part_review, part_folder]:
        if OPTIONS.only in part.__name__:
            part()
    table.summary()


try:
    SWANCTL = swanctl_only()
    main()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
