"""From one connection to a thousand: whether the rate collapses."""

from rounds import all_faults, of_small_messages
from table import print_rates
from verdicts import Verdict

COUNTS = (1, 4, 16, 64, 256, 1000)
#: Of the best rate at fewer connections; below that it has collapsed.
KEPT = 0.8
#: Room for all of them: by default a router asks those beyond 128 messages to come again.
ROOM = ("--most-under-way", "2000", "--most-per-fagsystem", "2000")


def run(bench):
    by_count = {}
    with bench.running() as stage:
        stage.nginx()
        stage.routers(*ROOM)
        for count in COUNTS:
            by_count[count] = of_small_messages(bench, stage, count)
            print_rates(f"17 kB, {count} connections", by_count[count], "nginx")
    verdicts = []
    for name in bench.routers:
        rates = [by_count[count][name].median("rate") for count in COUNTS]
        kept = min(rate / max(rates[: number + 1]) for number, rate in enumerate(rates))
        what = f"{name}: the lowest rate up to {COUNTS[-1]:,} connections, against the best at fewer"
        verdicts.append(Verdict.at_least(what, kept, KEPT))
    return verdicts, [fault for results in by_count.values() for fault in all_faults(results)]
