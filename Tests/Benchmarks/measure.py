"""Whole processes, measured: processor time, elapsed time and peak memory as the kernel accounts them."""

import dataclasses
import pathlib
import statistics
import subprocess
import sys

LAUNCH = pathlib.Path(__file__).parent.parent.parent / ".build-benchmarks/launch"


@dataclasses.dataclass
class Sample:
    """One run of a program."""

    cpu: float
    wall: float
    peak: float


def run(arguments, output, statuses=(0,)):
    """Runs a program with its output going to a file, and waits for it."""
    command = [LAUNCH, output, *arguments]
    figures = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout.split()
    if int(figures[3]) not in statuses:
        messages = pathlib.Path(f"{output}.messages").read_text()
        sys.exit(f"status {figures[3]}: {' '.join(map(str, arguments))}\n{messages}")
    return Sample(float(figures[0]), float(figures[1]), int(figures[2]) / 1024)


class Series:
    """Programs that are run in turn, round by round, since a shared machine drifts."""

    def __init__(self):
        self.rounds = []

    def measure(self, programs, rounds, output):
        """`programs`: by name, either the arguments, or those and what is done before each run."""
        for _ in range(rounds):
            samples = {}
            for name, (arguments, statuses, prepare) in programs.items():
                if prepare:
                    prepare()
                samples[name] = run(arguments, output, statuses)
            self.rounds.append(samples)
        return self

    def median(self, name, what):
        return statistics.median(getattr(samples[name], what) for samples in self.rounds)

    def ratio(self, name, other, what):
        """The median of each round's ratio."""
        return statistics.median(
            getattr(samples[name], what) / max(getattr(samples[other], what), 1e-6) for samples in self.rounds
        )
