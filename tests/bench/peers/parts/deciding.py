"""What of a message's CPU time is deciding. Builds the benchmarks of the program."""

import re
import subprocess

from bench import ROUTER
from commands import PROJECT, CannotRun
from load import send_small
from parts.rate import CONNECTIONS
from rounds import Results
from verdicts import Verdict

PERCENT = 5


def run(bench):
    seconds = time_to_decide()
    with bench.running() as stage:
        router = stage.router(ROUTER)
        rounds = [send_small(bench, router, CONNECTIONS, bench.options.seconds) for _ in range(bench.options.rounds)]
    results = Results(rounds)
    whole = results.median("cpu", "peer")
    print(f"\nReading the header and deciding among 1,000 rules: {seconds * 1e6:.1f} of {whole * 1e6:.1f} µs for a message")
    what = f"{ROUTER}: reading the header and deciding among 1,000 rules, of its CPU time for a message"
    return [Verdict.at_most(what, 100 * seconds / whole, PERCENT, "%")], results.faults(ROUTER)


def time_to_decide():
    """CPU seconds for reading the header of the small message and deciding among 1,000 rules."""
    arguments = ["cargo", "bench", "--locked", "--profile", "dist", "--", "header-and-decision"]
    ran = subprocess.run(arguments, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    told = re.search(r"([\d.]+) µs", ran.stdout)
    if ran.returncode != 0 or not told:
        raise CannotRun("the bench of header and decision does not run")
    return float(told[1]) / 1e6
