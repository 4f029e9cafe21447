"""A router under load, event by event: its cores, its journal, and the places for messages that are under way.

A message takes a place; a core reads it and decides; the journal has it on disk; a core sends it on; the business system
answers; a core takes the answer; the journal has that on disk; the answer goes back. The journal's thread writes all that
waits in one commit: it needs a core for that, and then waits for the disk.
"""

import heapq
from collections import Counter, deque

#: Of the CPU time that a message takes beside the journal: before its row is written, before it is sent, and after the answer.
BEFORE, SENDING, AFTER = 0.6, 0.25, 0.15
#: Of one commit, as the router has it.
MOST_COMMANDS = 256


class Router:
    """What a message costs, in seconds, and how many may be under way."""

    def __init__(self, figures, most_under_way=128, most_per_system=32):
        self.cores = figures["cores"]
        self.work = figures["work_us"] * 1e-6
        self.commit_work = figures["commit_us"] * 1e-6
        self.command_work = figures["command_us"] * 1e-6
        self.disk = figures["flush_us"] * 1e-6
        #: What passes, beside all that, until threads have been woken: nobody works then.
        self.waking = figures.get("waking_us", 0) * 1e-6
        self.most_under_way, self.most_per_system = most_under_way, most_per_system


class Message:
    __slots__ = ("came", "system", "answer_time", "step")

    def __init__(self, came, system, answer_time):
        self.came, self.system, self.answer_time, self.step = came, system, answer_time, 0


class Simulation:
    """Runs messages through a router. `arrivals` yields (second, business system, its answer time) in order."""

    def __init__(self, router, arrivals):
        self.router, self.arrivals = router, iter(arrivals)
        self.now = 0.0
        self.events, self.number = [], 0
        self.free_cores, self.waiting = router.cores, deque()
        self.commands, self.is_committing = [], False
        self.under_way, self.by_system = 0, Counter()
        #: What is told of it.
        self.delays, self.answered, self.refused = [], 0, 0
        self.most_under_way, self.waited_in_all = 0, 0.0
        self.groups = Counter()
        self.busy = Counter()

    def run(self):
        self.next_arrival()
        while self.events:
            self.now, _, happens, what = heapq.heappop(self.events)
            happens(what)
        self.delays.sort()
        return self

    def at(self, second, happens, what=None):
        self.number += 1
        heapq.heappush(self.events, (second, self.number, happens, what))

    def next_arrival(self):
        if (arrival := next(self.arrivals, None)) is not None:
            self.at(arrival[0], self.arrive, Message(*arrival))

    def arrive(self, message):
        self.next_arrival()
        router = self.router
        if self.under_way >= router.most_under_way or self.by_system[message.system] >= router.most_per_system:
            self.refused += 1
            return
        self.under_way += 1
        self.by_system[message.system] += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.work(BEFORE * router.work, self.enter, message)

    def work(self, seconds, then, what, is_urgent=False):
        """Has a core work, once one is free."""
        if self.free_cores:
            self.begin_work((seconds, then, what))
        elif is_urgent:
            self.waiting.appendleft((seconds, then, what))
        else:
            self.waiting.append((seconds, then, what))

    def begin_work(self, task):
        self.free_cores -= 1
        self.busy[int(self.now) // 60] += task[0]
        self.at(self.now + task[0], self.end_work, task)

    def end_work(self, task):
        self.free_cores += 1
        if self.waiting:
            self.begin_work(self.waiting.popleft())
        task[1](task[2])

    def enter(self, message):
        self.commands.append(message)
        if not self.is_committing:
            self.commit()

    def commit(self):
        self.is_committing = True
        group, self.commands = self.commands[:MOST_COMMANDS], self.commands[MOST_COMMANDS:]
        self.groups[len(group)] += 1
        seconds = self.router.commit_work + len(group) * self.router.command_work
        self.work(seconds, self.flush, group, is_urgent=True)

    def flush(self, group):
        self.at(self.now + self.router.disk, self.committed, group)

    def committed(self, group):
        self.is_committing = False
        if self.commands:
            self.commit()
        for message in group:
            if message.step == 0:
                message.step = 1
                self.work(SENDING * self.router.work, self.sent, message)
            else:
                self.answer(message)

    def sent(self, message):
        self.at(self.now + self.router.waking + message.answer_time, self.take_answer, message)

    def take_answer(self, message):
        self.work(AFTER * self.router.work, self.enter, message)

    def answer(self, message):
        self.under_way -= 1
        self.by_system[message.system] -= 1
        took = self.now - message.came
        self.waited_in_all += took
        self.delays.append(took - message.answer_time)
        self.answered += 1

    def delay(self, share):
        """The router's own part of how long a message took, in seconds: that of so many of all messages, 0 to 1."""
        return self.delays[min(len(self.delays) - 1, int(share * len(self.delays)))] if self.delays else 0.0

    def commands_a_commit(self):
        commits = sum(self.groups.values())
        return sum(size * count for size, count in self.groups.items()) / max(1, commits)

    def busiest_minute(self):
        """The share of all cores that its busiest minute took."""
        return max(self.busy.values(), default=0) / 60 / self.router.cores
