"""Alternating rounds, and what is kept of them."""

import statistics

from load import send_small

WARMING = 1


def alternating(rounds, measured, measure):
    """What each peer did in each round, by name; every other round goes the other way about."""
    results = {peer.name: [] for peer in measured}
    for number in range(rounds):
        for peer in measured if number % 2 == 0 else reversed(measured):
            results[peer.name].append(measure(peer))
    return {name: Results(of_peer) for name, of_peer in results.items()}


def of_small_messages(bench, stage, connections, otherwise=None):
    """Rounds in which each peer takes small messages as quickly as it can, after a short one that does not count.

    `otherwise` says by a peer's name how it is measured, if not by posting to it.
    """
    otherwise = otherwise or {}
    for peer in stage.peers:
        if peer.name not in otherwise:
            send_small(bench, peer, connections, WARMING)

    def measure(peer):
        if peer.name in otherwise:
            return otherwise[peer.name](bench, peer)
        return send_small(bench, peer, connections, bench.options.seconds)

    return alternating(bench.options.rounds, stage.peers, measure)


def all_faults(results):
    return [fault for name, of_peer in results.items() for fault in of_peer.faults(name)]


class Results:
    """All rounds of a peer. Figures are medians of the half in which others took least of the machine."""

    def __init__(self, rounds):
        self.all = rounds
        by_steal = sorted(rounds, key=lambda result: result["steal"])
        self.quiet = by_steal[: (len(rounds) + 1) // 2]

    def median(self, *keys):
        """The median of the figure that those keys lead to, or `None` where it could not be told."""
        values = [at(result, keys) for result in self.quiet]
        return None if None in values else statistics.median(values)

    def range(self, *keys):
        values = [at(result, keys) for result in self.quiet]
        return min(values), max(values)

    def faults(self, name):
        return [
            f"{name}: {result['refused']} refused, {result['broken']} broken off, "
            f"{result['lost']} answered but not delivered"
            for result in self.all
            if result["refused"] or result["broken"] or result["lost"]
        ]


def ratio_by_round(results, other):
    """How many times the other's rate it is: the median of the rounds, each pair of which was measured at nearly the same
    time. For differences of a few per cent, which are less than what a machine varies by from minute to minute."""
    pairs = sorted(zip(results.all, other.all), key=lambda pair: pair[0]["steal"] + pair[1]["steal"])
    return statistics.median(one["rate"] / another["rate"] for one, another in pairs[: (len(pairs) + 1) // 2])


def at(result, keys):
    for key in keys:
        result = result.get(key)
    return result
