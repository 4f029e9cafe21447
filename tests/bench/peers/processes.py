"""Programs that run beside each other, and what each of them has used."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from commands import CannotRun

PATIENCE = 30
#: Of prctl(2). End with whoever has started it, even when that is killed; wake up when it is time, not up to 50 µs later;
#: become the parent of processes whose own has ended.
SET_PARENT_DEATH_SIGNAL = 1
SET_TIMER_SLACK = 29
SET_CHILD_SUBREAPER = 36

LIBC = ctypes.CDLL(None)


def end_with_the_script():
    LIBC.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def be_on_time():
    end_with_the_script()
    LIBC.prctl(SET_TIMER_SLACK, 1)


def adopt_orphans():
    LIBC.prctl(SET_CHILD_SUBREAPER, 1)


class Usage:
    """What processes have used so far: seconds of CPU time, and bytes that they have had written to a disk."""

    def __init__(self, cpu=0.0, written=0):
        self.cpu, self.written = cpu, written

    def __add__(self, other):
        return Usage(self.cpu + other.cpu, self.written + other.written)

    def __sub__(self, other):
        return Usage(self.cpu - other.cpu, self.written - other.written)


class Running:
    """A program that runs until it is ended, and where it takes messages."""

    def __init__(self, name, arguments, log, port=None, **options):
        self.name = name
        self.port = port
        self.path = "/memo"
        #: What runs for its sake, and counts as the load that is put on it: see tls.py.
        self.senders = []
        self.log = open(log, "wb")
        options = {"stderr": self.log, "preexec_fn": end_with_the_script} | options
        self.process = subprocess.Popen(list(map(str, arguments)), **options)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{self.path}"

    def usage(self):
        """What it and the processes that it has started have used so far."""
        used = Usage()
        for pid in family(self.process.pid):
            try:
                used += usage_of(pid)
            except (FileNotFoundError, ProcessLookupError):
                pass  # It has just ended, and its parent's children have its CPU time.
        return used

    def wait_until_it_takes(self, message):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.post(message) == 200:
                    return
            except (OSError, http.client.HTTPException):
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
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def usage_of(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    cpu = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    try:
        lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    except PermissionError:
        return Usage(cpu)
    counts = dict(line.split(": ") for line in lines)
    return Usage(cpu, int(counts["write_bytes"]) - int(counts["cancelled_write_bytes"]))


def family(pid):
    """The process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(member for child in children for member in family(int(child)))]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
