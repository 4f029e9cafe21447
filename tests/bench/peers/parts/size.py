"""Whether many rules, or many rows in the journal, make a router slower."""

from journal import fill
from parts.rate import CONNECTIONS
from router import start_router
from rounds import all_faults, of_small_messages, ratio_by_round
from table import print_rates
from verdicts import Verdict

COUNTS = (10, 1_000, 10_000)
SLOWER_BY_RULES = 0.03
SLOWER_BY_ROWS = 0.10


def rules(bench):
    with bench.running() as stage:
        for name in bench.routers:
            for count in COUNTS:
                folder = bench.work / f"rules-{count}"
                stage.router(name, label=labelled(name, count, "rules"), folder=folder, rules=count)
        results = of_small_messages(bench, stage, CONNECTIONS)
    print_rates("17 kB, by the number of rules", results)
    few, many = COUNTS[0], COUNTS[-1]
    return judged(bench, results, (few, many, "rules"), SLOWER_BY_RULES), all_faults(results)


def journal(bench):
    rows = bench.options.journal_rows
    with bench.running() as stage:
        for name in bench.routers:
            stage.router(name, label=labelled(name, 0, "rows"), folder=bench.work / "rows-0")
            data = stage.data(name, bench.work / f"rows-{rows}")
            # A message of the router's own, of which all other rows are made.
            first = stage.started(start_router(name, data))
            first.wait_until_it_takes(bench.small)
            stage.undo.remove(first.end)
            first.end()
            fill(data.folder, rows)
            stage.add(start_router(labelled(name, rows, "rows"), data))
        results = of_small_messages(bench, stage, CONNECTIONS)
    print_rates("17 kB, by the number of rows that are in the journal already", results)
    return judged(bench, results, (0, rows, "rows"), SLOWER_BY_ROWS), all_faults(results)


def labelled(name, count, of_what):
    return f"{name}, {count:,} {of_what}"


def judged(bench, results, counts, most):
    few, many, of_what = counts
    verdicts = []
    for name in bench.routers:
        with_few, with_many = (results[labelled(name, count, of_what)] for count in (few, many))
        slower = 100 * (1 - ratio_by_round(with_many, with_few))
        what = f"{name}: slower with {many:,} {of_what} than with {few:,}"
        verdicts.append(Verdict.at_most(what, slower, 100 * most, "%"))
    return verdicts
