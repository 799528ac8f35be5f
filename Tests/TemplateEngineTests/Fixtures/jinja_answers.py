"""Renders cases with real Jinja2: one JSON object per line in, one answer per line out.

A case is {"templates": {"main": …}, "context": …}; an answer is {"output": …} or {"error": class,
"template": …, "line": …}.
"""

import json
import sys
import warnings

import jinja2

warnings.simplefilter("ignore")


def environment(templates):
    def load(name):
        if name not in templates:
            return None
        return templates[name], name, lambda: True

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def answer(case):
    templates = case["templates"]
    try:
        return {"output": environment(templates).get_template("main").render(case["context"])}
    except jinja2.TemplateSyntaxError as error:
        return {"error": type(error).__name__, "template": error.name, "line": error.lineno}
    except Exception as error:  # noqa: BLE001: whatever Python raises is the answer
        place = None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in templates:
                place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            trace = trace.tb_next
        name, line = place or (None, None)
        return {"error": type(error).__name__, "template": name, "line": line}


if __name__ == "__main__":
    if jinja2.__version__ != "3.1.6":
        sys.exit(f"Jinja2 3.1.6 is wanted, this is {jinja2.__version__}")
    for text in sys.stdin:
        print(json.dumps(answer(json.loads(text))))
