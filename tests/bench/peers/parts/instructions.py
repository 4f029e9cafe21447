"""How many instructions in user space a message takes, by callgrind: the one figure that neighbours do not move.

The router takes some messages, and then many more, each time from the start: the difference is the messages' own.
"""

import re

from commands import CannotRun, find
from load import send_steadily
from parts.rate import CONNECTIONS
from router import start_router
from verdicts import Verdict

FEW, MANY = 200, 1_200
MOST = 300_000


def run(bench):
    print("\nInstructions in user space by message (callgrind)")
    verdicts, wrong = [], []
    for name in bench.routers:
        counts = []
        for messages in (FEW, MANY):
            count, result = counted(bench, name, messages)
            counts.append(count)
            if result["refused"] or result["broken"] or result["lost"]:
                wrong.append(f"{name} under callgrind: not all {messages} messages were delivered")
        each = (counts[1] - counts[0]) / (MANY - FEW)
        print(f"{name:22}{each:12,.0f}   ({counts[0]:,} with {FEW} messages, {counts[1]:,} with {MANY:,})", flush=True)
        verdicts.append(Verdict.at_most(f"{name}: user instructions by message", each, MOST, "instructions"))
    return verdicts, wrong


def counted(bench, name, messages):
    """All instructions of a router from its start to its end, and how the messages fared."""
    with bench.running() as stage:
        data = stage.data(name)
        by = [find("valgrind"), "--tool=callgrind", f"--callgrind-out-file={data.folder / 'callgrind'}"]
        router = stage.started(start_router(name, data, by=by))
        result = send_steadily(bench, router, CONNECTIONS, 0, messages)
        stage.undo.remove(router.end)
        router.end()
        with open(router.log.name) as log:
            told = re.search(r"Collected : (\d+)", log.read())
    if not told:
        raise CannotRun(f"callgrind counts nothing; see {router.log.name}")
    return int(told[1]), result
