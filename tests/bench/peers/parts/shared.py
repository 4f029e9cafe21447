"""Several routers on one PostgreSQL, beside one router on a file. All of them are reached through HAProxy."""

from bench import ROUTER
from load import send_steadily
from parts.rate import CONNECTIONS
from peers import start_haproxy
from postgres import Server
from processes import Usage
from rounds import all_faults, of_small_messages
from router import Data, start_router
from table import print_rates
from turns import Line

COUNTS = (1, 2, 3)
ON_A_FILE = "one, on a file"
#: What round trips are counted over: one message at a time, and as many as there are connections.
COUNTED = 400


class Group:
    """Routers that take messages at one place. What they use includes what is around them, such as a database."""

    def __init__(self, name, routers, folder, around=()):
        self.name, self.senders, self.around = name, [], [*routers, *around]
        servers = [f"    server router{at} 127.0.0.1:{router.port}" for at, router in enumerate(routers)]
        self.front = start_haproxy(name, "haproxy-shared.cfg", folder, SERVERS="\n".join(servers))
        self.port, self.path, self.url = self.front.port, self.front.path, self.front.url

    def usage(self):
        return sum((each.usage() for each in [self.front, *self.around]), Usage())

    def wait_until_it_takes(self, message):
        self.front.wait_until_it_takes(message)

    def end(self):
        self.front.end()


def run(bench):
    with bench.running() as stage:
        server = stage.started(Server())
        alone = stage.started(start_router(ON_A_FILE, stage.data(ROUTER)))
        stage.add(Group(ON_A_FILE, [alone], bench.work / "front-file"))
        for count in COUNTS:
            database = server.new_database()
            routers = [stage.started(on_server(bench, stage, server.address(database), f"{count}-{at}")) for at in range(count)]
            name = f"{count} on a server"
            stage.add(Group(name, routers, bench.work / f"front-{count}", [server]))
        results = of_small_messages(bench, stage, CONNECTIONS)
    print_rates(f"17 kB, {CONNECTIONS} connections, through HAProxy", results, ON_A_FILE)
    faults = all_faults(results)
    with bench.running() as stage:
        server = stage.started(Server())
        line = stage.started(Line(server.port))
        router = stage.started(on_server(bench, stage, server.address(server.new_database(), line.port), "counted"))
        router.wait_until_it_takes(bench.small)
        print("\nRound trips to the server by message")
        for connections in (1, CONNECTIONS):
            before = line.round_trips
            result = send_steadily(bench, router, connections, 0, COUNTED)
            print(f"{connections:4} at once {(line.round_trips - before) / COUNTED:8.2f}", flush=True)
            if result["refused"] or result["broken"] or result["lost"]:
                faults.append("a router on a server behind a line: not all messages were delivered")
    return [], faults


def on_server(bench, stage, address, name):
    """A router on that database, which has what is published there."""
    flags = ("--database", address)
    data = Data(bench.routers[ROUTER], bench.work / f"data-{name}", bench.receiver.url, flags=flags)
    stage.undo.append(data.remove)
    return start_router(name, data, *flags)
