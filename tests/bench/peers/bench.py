"""What all parts of a run share: the programs, the message, the receiver, and what is running."""

from contextlib import contextmanager

import peers
from machine import Disk
from messages import small_message
from router import RULES, Data, start_router

#: The first router of a run, which the targets are for.
ROUTER = "router"


class Bench:
    def __init__(self, options, work, helpers, routers, node_red):
        self.options, self.work, self.node_red = options, work, node_red
        self.receiver_program, self.sender = helpers
        #: Programs by the names of their rows.
        self.routers = routers
        self.small = small_message(work)
        self.disk = Disk(work)
        self.receiver = peers.start_receiver(self.receiver_program, work)
        self.counter = self.receiver
        #: The rate of each peer at 16 connections, once it is known.
        self.rates = {}

    def delivered(self):
        return peers.delivered(self.counter)

    @contextmanager
    def running(self):
        """Starts what a part wants, and ends it when the part is over, however that comes about."""
        stage = Stage(self)
        try:
            yield stage
        finally:
            stage.clear()


class Stage:
    """The peers of one part."""

    def __init__(self, bench):
        self.bench = bench
        self.undo = []
        self.peers = []

    def clear(self):
        while self.undo:
            self.undo.pop()()

    def started(self, process):
        self.undo.append(process.end)
        return process

    def add(self, process):
        """Starts a peer that is measured, and waits until it takes messages."""
        peer = self.started(process)
        peer.wait_until_it_takes(self.bench.small)
        self.peers.append(peer)
        return peer

    def nginx(self, workers=1):
        name = "nginx" if workers == 1 else f"nginx, {workers} workers"
        folder = self.bench.work / f"nginx-{workers}"
        receiver = f"127.0.0.1:{self.bench.receiver.port}"
        return self.add(peers.start_nginx(name, "nginx.conf", folder, workers, RECEIVER=receiver))

    def haproxy(self):
        """Starts it, unless it is to be left out."""
        if "HAProxy" in self.bench.options.without:
            return None
        receiver = f"127.0.0.1:{self.bench.receiver.port}"
        return self.add(peers.start_haproxy("HAProxy", "haproxy.cfg", self.bench.work / "haproxy", RECEIVER=receiver))

    def node_red(self):
        return self.add(peers.start_node_red(self.bench.receiver, self.bench.work, self.bench.node_red))

    def data(self, name, folder=None, rules=RULES):
        """A data directory for the router of that name."""
        folder = (folder or self.bench.work) / f"data-{name}"
        data = Data(self.bench.routers[name], folder, self.bench.receiver.url, rules)
        self.undo.append(data.remove)
        if name == ROUTER:
            # The others, which may be cut down to what is measured, have the same rules.
            data.check_decision(self.bench.small)
        return data

    def router(self, name, *flags, label=None, **of_data):
        return self.add(start_router(label or name, self.data(name, **of_data), *flags))

    def routers(self, *flags):
        return [self.router(name, *flags) for name in self.bench.routers]
