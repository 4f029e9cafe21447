"""The peers, the receiver behind them, and what it takes to have them run on loopback."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
NODE_RED = "node-red@4"
AUTHORITY = "11223344"
RULES = 1_000
#: Of the rule that the message's contact point meets.
PRIORITY = 500
CONTACT_POINT = "241d39f6-998e-4929-b198-ccacbbf4b330"
PATIENCE = 30


class CannotRun(Exception):
    """What is missing, and what to do."""


def install(work, with_node_red):
    """Installs what the machine lacks. Returns the folder of Node-RED, if that is wanted."""
    packages = {"nginx": "nginx-light", "wrk": "wrk"}
    missing = [package for command, package in packages.items() if not find(command)]
    if missing:
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        arguments = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
        attempt([*as_root, *arguments], f"{' and '.join(missing)} cannot be installed by apt-get; install them by hand")
    for command, what in {"cargo": "Rust (https://rustup.rs)", "rustc": "Rust (https://rustup.rs)"}.items():
        if not find(command):
            raise CannotRun(f"'{command}' is missing; install {what}")
    if not with_node_red:
        return None
    if not find("npm") or not find("node"):
        raise CannotRun("'node' or 'npm' is missing; install Node.js, or leave Node-RED out with --without-node-red")
    folder = work / "node-red"
    if not (folder / "node_modules/node-red/red.js").exists():
        arguments = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder, NODE_RED]
        attempt(arguments, "npm cannot install Node-RED; go online, or leave it out with --without-node-red")
    return folder


def build(work):
    """Builds the program and the receiver. Returns their paths."""
    receiver = work / "receiver"
    attempt(["rustc", "--edition", "2024", "-O", "-o", receiver, HERE / "receiver.rs"], "the receiver does not build")
    attempt(["cargo", "build", "--profile", "dist", "--locked"], "the program does not build")
    return target() / "dist/postfordeler", receiver


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")).absolute()


def find(command):
    # Debian keeps nginx where only root looks.
    return shutil.which(command, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def attempt(arguments, failure):
    if subprocess.run(arguments, cwd=PROJECT).returncode != 0:
        raise CannotRun(failure)


class Running:
    """A program that runs until it is ended, and where it takes messages."""

    def __init__(self, name, arguments, log, port=None, **options):
        self.name = name
        self.port = port
        self.path = "/memo"
        self.log = open(log, "wb")
        self.process = subprocess.Popen(arguments, stderr=self.log, **options)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{self.path}"

    def cpu_seconds(self):
        """What it and the processes that it has started have used so far."""
        ticks = 0
        for pid in family(self.process.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            user, system, children_user, children_system = map(int, fields[11:15])
            ticks += user + system + children_user + children_system
        return ticks / os.sysconf("SC_CLK_TCK")

    def wait_until_it_takes(self, message):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.post(message) == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise CannotRun(f"{self.name} does not take messages; see {self.log.name}")

    def post(self, message):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("POST", self.path, message.fresh(), {"Content-Type": "application/xml"})
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()


def family(pid):
    """The process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_receiver(program, work):
    receiver = Running("receiver", [program], work / "receiver.log", stdout=subprocess.PIPE, text=True)
    receiver.port = int(receiver.process.stdout.readline())
    return receiver


def delivered(receiver):
    """How many messages the receiver has taken."""
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=PATIENCE)
    connection.request("GET", "/")
    count = int(connection.getresponse().read())
    connection.close()
    return count


def start_nginx(receiver, work):
    folder, port = work / "nginx", free_port()
    folder.mkdir(exist_ok=True)
    configuration = (HERE / "nginx.conf").read_text()
    configuration = configuration.replace("RECEIVER", f"127.0.0.1:{receiver.port}").replace("PORT", str(port))
    (folder / "nginx.conf").write_text(configuration)
    return Running("nginx", [find("nginx"), "-p", folder, "-c", folder / "nginx.conf"], work / "nginx.log", port)


def start_node_red(receiver, work, installed):
    folder, port = work / "node-red-home", free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(HERE / "node-red-flow.json", folder / "flow.json")
    shutil.copy(HERE / "node-red-settings.js", folder / "settings.js")
    red = installed / "node_modules/node-red/red.js"
    arguments = ["node", red, "--userDir", folder, "--settings", folder / "settings.js", "--port", port, "flow.json"]
    options = {"env": os.environ | {"RECEIVER": receiver.url}, "stdout": subprocess.DEVNULL}
    return Running("Node-RED", list(map(str, arguments)), work / "node-red.log", port, **options)


def start_router(receiver, work, program, message_file):
    data = work / "data"
    shutil.rmtree(data, ignore_errors=True)
    configuration = work / "configuration.json"
    configuration.write_text(json.dumps(rules_for(receiver.url)))
    attempt([program, "import", configuration, "--data", data], "the configuration is not taken in")
    check_decision(program, data, message_file)
    arguments = [program, "serve", "--listen", "127.0.0.1:0", "--data", data]
    router = Running("router", arguments, work / "router.log", stdout=subprocess.PIPE, text=True)
    line = router.process.stdout.readline()
    if not line.startswith("Receiving at "):
        raise CannotRun(f"the router does not start; see {router.log.name}")
    router.port = int(line.rpartition(":")[2].partition("/")[0])
    return router


def check_decision(program, data, message_file):
    asked = subprocess.run([program, "decide", message_file, "--json", "--data", data], capture_output=True, text=True)
    decision = json.loads(asked.stdout)
    if decision.get("prioritet") != PRIORITY:
        raise CannotRun(f"the message should meet rule {PRIORITY} and does not: {decision}")


def rules_for(endpoint):
    """A configuration in which one rule in the middle concerns the message."""
    fagsystemer = [{"id": f"system-{number}", "navn": f"System {number}", "endpoint": endpoint} for number in range(10)]
    rules = [rule(priority) for priority in range(1, RULES + 1)]
    return {
        "format": "postfordeler-konfiguration",
        "version": 1,
        "myndigheder": [
            {
                "cvr": AUTHORITY,
                "navn": "Eksempel Kommune",
                "opsamlingssystem": "system-0",
                "fagsystemer": fagsystemer,
                "regler": rules,
            }
        ],
    }


def rule(priority):
    part = f"{10 + priority % 80}.{priority // 80 % 80:02}"
    others = [
        ("kontaktpunkt", str(uuid.UUID(int=priority))),
        ("kontaktgruppe", f"Gruppe {priority}"),
        ("afsenderCvr", str(20_000_000 + priority)),
        ("modtagerCvr", str(30_000_000 + priority)),
        ("kle", f"{part}.01 - {part}.50"),
        ("form", f"{part}.01.01"),
        ("udenKontaktpunkt", "virksomhedspost"),
    ]
    element, value = others[priority % len(others)] if priority != PRIORITY else ("kontaktpunkt", CONTACT_POINT)
    return {
        "prioritet": priority,
        "fagsystem": f"system-{priority % 10}",
        "segment": "alle",
        "regelelement": element,
        "regelvaerdi": value,
        "gyldigFra": "2020-01-01",
        "aktiv": True,
        "note": "",
    }
