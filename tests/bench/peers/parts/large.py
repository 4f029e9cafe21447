"""Throughput with the largest messages."""

from load import MEBIBYTE, send_large
from messages import LARGEST, large_message
from parts.rate import against_nginx
from rounds import all_faults, alternating
from table import FLUSHES, STEAL, WRITTEN, print_rates

AT_ONCE = (1, 2)
OF_NGINX = 0.95
COLUMNS = (
    ("CPU ms", 9, ("cpu", "peer"), 1e-3, 1),
    ("receiver", 10, ("cpu", "receiver"), 1e-3, 1),
    ("load", 8, ("cpu", "load"), 1e-3, 1),
    WRITTEN,
    FLUSHES,
    STEAL,
)
MIB = f"{LARGEST / MEBIBYTE:.1f} MiB"


def run(bench):
    message = large_message(bench.work)
    verdicts, wrong = [], []
    try:
        with bench.running() as stage:
            stage.nginx()
            stage.haproxy()
            stage.routers()
            for at_once in AT_ONCE:
                results = measured(bench, stage, message, at_once)
                print_rates(f"{MIB}, {at_once} at once", results, "nginx", "MiB/s", COLUMNS)
                wrong += all_faults(results)
                what = f"throughput at {MIB}, {at_once} at once"
                verdicts += against_nginx(bench, results, what, OF_NGINX)
        if bench.node_red:
            tell_of_node_red(bench, message)
    finally:
        message.path.unlink()
    return verdicts, wrong


def measured(bench, stage, message, at_once):
    for peer in stage.peers:
        send_large(bench, peer, message, at_once, 1)

    def measure(peer):
        return send_large(bench, peer, message, at_once, bench.options.large_messages)

    return alternating(bench.options.large_rounds, stage.peers, measure)


def tell_of_node_red(bench, message):
    with bench.running() as stage:
        one = send_large(bench, stage.node_red(), message, 1, 1)
    manages = f"{one['rate']:,.1f} MiB/s" if one["refused"] == 0 else "does not manage it"
    print(f"Node-RED, one message: {manages}")
