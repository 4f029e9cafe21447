"""Which part of a router gives way, at which multiple of a flow."""

import random

import day
from simulation import Router, Simulation

SEED = 1606
#: A part has given way when more than one message in a thousand finds no place, or when the router's own part of one in a
#: hundred takes longer than the platform promises for the whole of a simple one.
MOST_REFUSED = 0.001
MOST_DELAY = 1.0
#: How much of the day's busiest stretch is tried, in seconds.
TRIED = 10
#: The most that an operator would call bearable; assumed.
BEARABLE_QUESTION = 2.0
BEARABLE_BACKUP = 3600.0


def whole_day(flow, figures):
    chance = random.Random(SEED)
    return simulated(Router(figures), chance, flow, flow.arrivals(chance))


def simulated(router, chance, flow, seconds):
    arrivals = ((second, flow.system(chance), day.answer_time(chance)) for second in seconds)
    return Simulation(router, arrivals).run()


def steady(figures, check):
    """Messages at even intervals to a business system that answers at once, on a disk as quick as it was: the cross-check."""
    arrivals = ((number / check["rate"], 0, 0.0) for number in range(int(check["rate"] * check["seconds"])))
    return Simulation(Router(figures | {"flush_us": check["flush_us"]}), arrivals).run()


def calibrated(figures):
    """The figures, with the time until threads have been woken: what the slowest check took beyond what was simulated."""
    slowest, *_ = figures["checks"]
    beyond = slowest["p50_ms"] * 1e3 - steady(figures, slowest).delay(0.5) * 1e6
    return figures | {"waking_us": max(0.0, beyond)}


def gives_way(flow, figures, times, room):
    chance = random.Random(SEED)
    busiest = day.BULK_STARTS[0]
    seconds = flow.arrivals(chance, busiest, busiest + TRIED, times)
    router = Router(figures, *room) if room else Router(figures)
    ran = simulated(router, chance, flow, seconds)
    refused = ran.refused / max(1, ran.refused + ran.answered)
    return refused > MOST_REFUSED or ran.delay(0.99) > MOST_DELAY


def multiple(flow, figures, room=None):
    """How many times its busiest stretch the flow may grow before places, cores or journal give way, to about 3 %."""
    least, most = 0.0, 1.0
    while not gives_way(flow, figures, most, room):
        least, most = most, most * 2
    while most - least > 0.03 * most:
        middle = (least + most) / 2
        least, most = (least, middle) if gives_way(flow, figures, middle, room) else (middle, most)
    return least


class Kept:
    """What the journal keeps of a flow, at ninety days, and what that takes."""

    def __init__(self, flow, figures):
        self.rows = flow.a_day * day.DAYS_KEPT
        self.bytes = self.rows * figures["row_bytes"]
        self.backup = self.rows * figures["backup_us_a_row"] * 1e-6
        #: One plain reading of the whole journal: what the window's slowest questions come to.
        self.question = self.rows * figures["question_us_a_row"] * 1e-6
        self.written_a_day = flow.a_day * figures["written_bytes"]
