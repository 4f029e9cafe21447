"""What a message, a commit and a row cost: the figures that the simulation of growth goes by, and rates to check it against."""

import datetime
import json
import os
import sqlite3
import statistics
import subprocess
import time
from pathlib import Path

from bench import ROUTER
from commands import attempt
from journal import fill
from load import send_small, send_steadily
from machine import time_of_a_flush
from parts.rate import CONNECTIONS
from router import start_router
from verdicts import figure

#: The thread that writes and commits rows, by the name that the system knows it by.
JOURNAL = "journal"
#: Of the database, that a commit of one message writes to its log.
PAGES = 12
#: Messages a second, at which the simulation is held against the real router.
CHECKED = (100, 500, 1_000)
ROWS = 1_000_000
#: A question for which all rows must be read.
QUESTION = "SELECT count(*) FROM journal NOT INDEXED WHERE total_us < 0"


class Observed:
    """A router over some time: the CPU time of its journal's thread and of all others, and its commits."""

    def __init__(self, router, data):
        self.router, self.data = router, data
        self.before = self.counts()

    def counts(self):
        by_thread = {True: 0.0, False: 0.0}
        for thread in Path(f"/proc/{self.router.process.pid}/task").iterdir():
            fields = (thread / "stat").read_text().rpartition(")")[2].split()
            is_journal = (thread / "comm").read_text().strip() == JOURNAL
            by_thread[is_journal] += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
        return by_thread[True], by_thread[False], commits(self.data)

    def each(self, messages):
        """Seconds of the journal's thread, seconds of all others, and commits, by message."""
        return [(now - before) / messages for now, before in zip(self.counts(), self.before)]


def commits(data):
    database = sqlite3.connect(f"file:{data.folder}/postfordeler.db?mode=ro", uri=True)
    try:
        return database.execute("SELECT commits FROM router_state").fetchone()[0]
    finally:
        database.close()


def run(bench):
    with bench.running() as stage:
        data = stage.data(ROUTER, bench.work / "figures")
        router = stage.add(start_router(ROUTER, data))
        results, alone = observed(bench, router, data, 1)
        journal_alone, _, commits_alone = alone
        results, many = observed(bench, router, data, CONNECTIONS)
        journal_many, others, commits_many = many
        # Each message is two commands: what a commit costs, and a command, from two loads with groups of different size.
        commit = max(0.0, (journal_alone - journal_many) / (commits_alone - commits_many))
        command = max(0.0, (journal_many - commit * commits_many) / 2)
        checks = [checked(bench, router, data, rate) for rate in CHECKED]
        flush = statistics.median([check["flush_us"] for check in checks])
        stage.undo.remove(router.end)
        router.end()
        kept = kept_rows(bench, data)
    figures = {
        "measured": f"{datetime.date.today():%d-%m-%Y}, {machine_in_short()}",
        "cores": os.cpu_count(),
        "work_us": round(others * 1e6, 1),
        "commit_us": round(commit * 1e6, 1),
        "command_us": round(command * 1e6, 1),
        "flush_us": flush,
        "written_bytes": round(checks[0].pop("written")),
        **kept,
        "checks": [{key: value for key, value in check.items() if key != "written"} for check in checks],
    }
    path = bench.work / "figures.json"
    path.write_text(json.dumps(figures, indent=2) + "\n")
    print(f"\nFigures for tests/bench/growth/run --figures {path}")
    for key, value in figures.items():
        if isinstance(value, float | int):
            print(f"    {key:20}{figure(value):>12}")
    return [], [f"{ROUTER}: {results['refused']} refused"] if results["refused"] else []


def machine_in_short():
    return f"Linux, {os.cpu_count()} processors"


def observed(bench, router, data, connections):
    send_small(bench, router, connections, 1)
    before = Observed(router, data)
    results = send_small(bench, router, connections, 2 * bench.options.seconds)
    # Only those that were answered count; a few more may be under way when it ends.
    return results, before.each(results["messages"])


def checked(bench, router, data, rate):
    """How the router fares at a fixed rate."""
    seconds = 4 * bench.options.seconds
    flushes = [waiting_for_a_flush(data.folder)]
    before = Observed(router, data)
    results = send_steadily(bench, router, 64, rate, rate * seconds)
    _, _, commits_each = before.each(results["messages"])
    # The disk has its own good and bad minutes: the better one is nearer to what most messages meet.
    flushes.append(waiting_for_a_flush(data.folder))
    told = {key: results[key] for key in ("p50_ms", "p99_ms", "written")}
    told |= {"rate": rate, "seconds": seconds, "commands_a_commit": round(2 / commits_each, 3)}
    return told | {"flush_us": round(min(flushes) * 1e6, 1)}


def waiting_for_a_flush(folder):
    """What of a flush is no CPU time: that is among what the journal's thread has used already."""
    flush, work = time_of_a_flush(folder, PAGES)
    return max(0.0, flush - work)


def kept_rows(bench, data):
    """What a row takes on disk, in a backup, and when it is looked at."""
    fill(data.folder, ROWS)
    database = data.folder / "postfordeler.db"
    copy = data.folder / "copy.zip"
    backup = took(lambda: attempt([data.program, "backup", copy, "--data", data.folder], "no backup is made",
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    question = min(took(lambda: connection.execute(QUESTION).fetchone()) for _ in range(3))
    connection.close()
    return {
        "row_bytes": round(database.stat().st_size / ROWS),
        "backup_us_a_row": round(backup / ROWS * 1e6, 2),
        "question_us_a_row": round(question / ROWS * 1e6, 3),
    }


def took(work):
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
