"""How many small messages a second, at 16 and at 30 connections."""

import os
import shutil
import time
from pathlib import Path

import postfix
from bench import ROUTER
from load import Stretch
from rounds import all_faults, of_small_messages
from table import print_rates
from verdicts import Verdict

CONNECTIONS = 16
OF_NGINX = 0.4
OF_NGINX_AT_THIRTY = 0.5
TIMES_POSTFIX = 20
TIMES_NODE_RED = 40
MEMORY = Path("/dev/shm")
#: A round of Postfix, in messages for each second that a round of the others takes.
POSTFIX_RATE = 500


def small(bench):
    with bench.running() as stage:
        stage.nginx()
        stage.nginx(workers=2)
        stage.haproxy()
        stage.routers()
        if MEMORY.is_dir():
            stage.router(ROUTER, label=f"{ROUTER}, on tmpfs", folder=in_memory(stage))
        if bench.node_red:
            stage.node_red()
        if "Postfix" not in bench.options.without:
            stage.peers.append(stage.started(postfix.Postfix(bench.work)))
        results = of_small_messages(bench, stage, CONNECTIONS, {"Postfix": relayed})
    title = f"17 kB, {CONNECTIONS} connections; costs are by message"
    print_rates(title, results, "nginx")
    if "Postfix" in results:
        accepted = results["Postfix"].median("accepted")
        print(f"Postfix accepted {accepted:,.0f}/s; its row says how many it had also delivered, and no latency")
    bench.rates = {name: of_peer.median("rate") for name, of_peer in results.items()}
    verdicts = []
    for name in bench.routers:
        rate = bench.rates[name]
        for peer, target in [("nginx", OF_NGINX), ("Postfix", TIMES_POSTFIX), ("Node-RED", TIMES_NODE_RED)]:
            if peer in results:
                what = f"{name}: messages a second at {CONNECTIONS} connections, against {peer}"
                verdicts.append(Verdict.at_least(what, rate / bench.rates[peer], target))
    return verdicts, all_faults(results)


def thirty(bench):
    with bench.running() as stage:
        stage.nginx()
        stage.haproxy()
        stage.routers()
        results = of_small_messages(bench, stage, 30)
    print_rates("17 kB, 30 connections", results, "nginx")
    what = "messages a second at 30 connections"
    return against_nginx(bench, results, what, OF_NGINX_AT_THIRTY), all_faults(results)


def relayed(bench, relay):
    """A round of Postfix: from the first message until the last one has been delivered."""
    messages = POSTFIX_RATE * bench.options.seconds
    before, failed = relay.written(postfix.SENT), relay.written(postfix.FAILED)
    stretch, begun = Stretch(relay, relay.sink, bench.disk), time.monotonic()
    taken = relay.offer(messages).returncode == 0
    accepted = time.monotonic() - begun
    is_delivered = relay.wait_until_delivered(before + messages)
    seconds = time.monotonic() - begun
    return stretch.costs(messages) | {
        "rate": messages / seconds,
        "accepted": messages / accepted,
        "refused": 0 if taken else messages,
        "broken": relay.written(postfix.FAILED) - failed,
        "lost": 0 if is_delivered else before + messages - relay.written(postfix.SENT),
    }


def against_nginx(bench, results, what, target):
    """Whether each router's rate is that share of nginx's."""
    nginx = results["nginx"].median("rate")
    shares = {name: results[name].median("rate") / nginx for name in bench.routers}
    return [Verdict.at_least(f"{name}: {what}, against nginx", share, target) for name, share in shares.items()]


def in_memory(stage):
    """A folder on the disk that is none, which goes when the part is over, or else with the next run."""
    for left in MEMORY.glob("postfordeler-peers-*"):
        if not Path(f"/proc/{left.name.rpartition('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"postfordeler-peers-{os.getpid()}"
    folder.mkdir(mode=0o700)
    stage.undo.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder
