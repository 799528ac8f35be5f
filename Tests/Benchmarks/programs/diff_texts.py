"""What takes IOS configurations to others, router by router, by hier_config: diff_texts.py OLD-FOLDER NEW-FOLDER."""

import pathlib
import sys

from hier_config import Platform, WorkflowRemediation, get_hconfig


def configuration(folder):
    """A router's files as one text; sections that stand in several are one, as on the router."""
    sections = {}
    for path in sorted(folder.glob("*.ios")):
        lines = None
        for line in path.read_text().splitlines():
            if line.startswith(" ") and lines is not None:
                lines.setdefault(line)
            elif line and not line.startswith("!"):
                lines = sections.setdefault(line, {})
    return "\n".join(part for head, lines in sections.items() for part in (head, *lines))


old, new = map(pathlib.Path, sys.argv[1:3])
for folder in sorted(old.iterdir()):
    if not folder.is_dir():
        continue
    before, after = (get_hconfig(Platform.CISCO_IOS, configuration(parent / folder.name)) for parent in (old, new))
    for line in WorkflowRemediation(before, after).remediation_config.all_children_sorted():
        print(line.cisco_style_text())
