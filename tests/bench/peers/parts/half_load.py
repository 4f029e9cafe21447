"""How long a message takes at half of what each peer manages, counted from when it was due."""

from load import send_small, send_steadily
from parts.rate import CONNECTIONS
from rounds import all_faults, alternating
from table import print_rates
from verdicts import Verdict

TIMES_NGINX = 3
WARMING = 2


def run(bench):
    with bench.running() as stage:
        stage.nginx()
        stage.haproxy()
        stage.routers()
        whole = {peer.name: whole_rate(bench, peer) for peer in stage.peers}

        def measure(peer):
            rate = whole[peer.name] / 2
            return send_steadily(bench, peer, CONNECTIONS, f"{rate:.1f}", int(rate * bench.options.seconds))

        results = alternating(bench.options.rounds, stage.peers, measure)
    print_rates("17 kB at half load, due at even intervals; times from when they were due", results)
    p99 = {name: of_peer.median("p99_ms") for name, of_peer in results.items()}
    what = "p99 at half load, against nginx at its own"
    verdicts = [Verdict.at_most(f"{name}: {what}", p99[name] / p99["nginx"], TIMES_NGINX) for name in bench.routers]
    return verdicts, all_faults(results)


def whole_rate(bench, peer):
    """What it managed in this run already, or now."""
    return bench.rates.get(peer.name) or send_small(bench, peer, CONNECTIONS, WARMING)["rate"]
