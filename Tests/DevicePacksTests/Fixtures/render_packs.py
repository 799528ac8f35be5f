"""Renders built-in templates with real Jinja2: one JSON job per line in, one JSON text per line out.

A job is {"folder": …, "template": …, "quoting": …, "context": …}. The filters `quoted` and `remark` are written here
anew, by the documents of each syntax.
"""

import json
import sys
import unicodedata

import jinja2


def remark(text):
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in str(text))


def vyos_remark(text):
    """A question mark calls the help, in comments, too."""
    return remark(text).replace("?", "\ufffd")


def swanctl(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def vyos(text):
    """Between single quotes the shell leaves all alone; what no value may hold never gets here."""
    return "'" + str(text) + "'"


QUOTED = {"swanctl": swanctl, "vyos": vyos}

for line in sys.stdin:
    job = json.loads(line)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(job["folder"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = QUOTED.get(job["quoting"], str)
    environment.filters["remark"] = vyos_remark if job["quoting"] == "vyos" else remark
    print(json.dumps(environment.get_template(job["template"]).render(job["context"])))
