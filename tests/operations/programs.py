"""The program under trial, in a home of its own, with a clock that can be set forward."""

import contextlib
import mmap
import os
import socket
import struct
import subprocess
import time
from pathlib import Path

#: How many seconds anything is waited for.
PATIENCE = 60


class Failed(Exception):
    """What did not hold."""


class Clock:
    """The time of day as the programs see it."""

    def __init__(self, folder: Path):
        self.file = folder / "ahead"
        self.file.write_bytes(struct.pack("q", 0))
        self.library = folder / "clock.so"
        source = Path(__file__).with_name("clock.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.library, source, "-ldl"], check=True)
        with open(self.file, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), 8)

    def forward(self, seconds: int):
        ahead, = struct.unpack("q", self.page[:])
        self.page[:] = struct.pack("q", ahead + seconds)

    def environment(self):
        return {"LD_PRELOAD": str(self.library), "AHEAD_FILE": str(self.file)}


class Program:
    """The program's calls."""

    def __init__(self, executable: Path, folder: Path, clock: Clock):
        self.executable = executable
        (folder / "home").mkdir()
        self.environment = {**os.environ, **clock.environment(), "HOME": str(folder / "home")}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)

    def start(self, *arguments, log: Path) -> subprocess.Popen:
        """What it prints goes through another process, as with systemd: a full disk of the program's is none of the log's."""
        with open(log, "ab") as file:
            writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file)
        try:
            return subprocess.Popen([self.executable, *map(str, arguments)], env=self.environment, stdout=writer.stdin,
                                    stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        finally:
            writer.stdin.close()

    def start_window(self, data: Path, log: Path) -> subprocess.Popen:
        """On a display of its own."""
        command = ["xvfb-run", "--auto-servernum", self.executable, "--data", data]
        with open(log, "ab") as file:
            return subprocess.Popen(command, env=self.environment, stdout=file, stderr=file, start_new_session=True)

    def call(self, *arguments, given: str = "", expected: int = 0) -> str:
        done = subprocess.run([self.executable, *map(str, arguments)], env=self.environment, input=given,
                              capture_output=True, text=True, timeout=300)
        if done.returncode != expected:
            raise Failed(f"{arguments[0]} ended with {done.returncode}, not {expected}: {done.stderr.strip()}")
        return done.stdout


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in sockets]


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


def wait_until(holds, what: str, within: float = PATIENCE):
    until = time.monotonic() + within
    while time.monotonic() < until:
        if holds():
            return
        time.sleep(0.2)
    raise Failed(f"waited {within} s in vain: {what}")
