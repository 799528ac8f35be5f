"""Figures as they come, and the table of ratios at the end."""

ROWS = []


def figures(title, series, names):
    """Medians of one measurement."""
    print(f"\n{title}\n{'':24}{'cpu ms':>10}{'wall ms':>10}{'peak MiB':>10}")
    for name in names:
        cpu, wall = (series.median(name, what) * 1000 for what in ("cpu", "wall"))
        print(f"{name:24}{cpu:10.1f}{wall:10.1f}{series.median(name, 'peak'):10.1f}", flush=True)


def row(title, series, name, other, required=None, goal=None):
    """A ratio of one program to another: of processor time, and of elapsed time."""
    ROWS.append((title, required, goal, series.ratio(name, other, "cpu"), series.ratio(name, other, "wall")))


def value(title, ratio, required, goal):
    """A ratio of something else."""
    ROWS.append((title, required, goal, ratio, None))


def text(number):
    return "" if number is None else f"{number:.2f}" if number < 10 else f"{number:.1f}"


def verdict(required, goal, *measured):
    worst = max(number for number in measured if number is not None)
    return "" if required is None else "goal" if worst <= goal else "ok" if worst <= required else "short"


def summary():
    """The ratios against what is required and what is hoped for."""
    print(f"\n{'ratio':52}{'required':>10}{'goal':>8}{'cpu':>8}{'wall':>8}")
    for title, required, goal, cpu, wall in ROWS:
        print(
            f"{title:52}{text(required):>10}{text(goal):>8}{text(cpu):>8}{text(wall):>8}"
            f"  {verdict(required, goal, cpu, wall)}".rstrip()
        )
