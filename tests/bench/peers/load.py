"""The load: small messages by wrk or at a fixed rate, large ones straight from a file, and what it cost whom."""

import json
import os
import resource
import socket
import subprocess
import threading
import time
import uuid

from commands import HERE, CannotRun, find
from machine import ProcessorTime
from messages import PLACEHOLDER
from processes import Usage, be_on_time

MEBIBYTE = 1024 * 1024
#: On two cores, which it shares with the peer and the receiver, a second one only gets in their way.
WRK_THREADS = 1
SLOWEST = 120
#: How long a peer may go on with what it has put off, before its costs are read: some write what they have done half a
#: second later.
AFTERWARDS = 0.8


class Stretch:
    """Some time under load: what it cost whom, and how much others took of the machine meanwhile."""

    def __init__(self, peer, receiver, disk):
        self.peer, self.receiver, self.disk = peer, receiver, disk
        self.before = self.used()
        self.flushes = disk.flushes()
        self.processor_time = ProcessorTime()

    def used(self):
        own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        load = Usage(sum(usage.ru_utime + usage.ru_stime for usage in own))
        for sender in self.peer.senders:
            load += sender.usage()
        return {"peer": self.peer.usage(), "receiver": self.receiver.usage(), "load": load}

    def costs(self, messages):
        """By message; call it as soon as the load has ended."""
        steal = self.processor_time.steal()
        time.sleep(AFTERWARDS)
        used = {name: now - self.before[name] for name, now in self.used().items()}
        flushes = None if self.flushes is None else (self.disk.flushes() - self.flushes) / messages
        return {
            "steal": steal,
            "cpu": {name: usage.cpu / messages for name, usage in used.items()},
            "written": used["peer"].written / messages,
            "flushes": flushes,
        }


def send_small(bench, peer, connections, seconds):
    """As many small messages as a peer answers in so many seconds."""
    how_much = ["--threads", WRK_THREADS, "--connections", connections, "--duration", f"{seconds}s"]
    what = ["--timeout", "30s", "--script", HERE / "load.lua", peer.url]
    for_the_script = ["--", bench.small.path, PLACEHOLDER.decode(), seed()]
    arguments = [find("wrk"), *how_much, *what, *for_the_script]
    return of_program(bench, peer, arguments)


def send_steadily(bench, peer, connections, rate, messages):
    """So many small messages at a fixed rate (messages a second; 0: as quickly as they are answered)."""
    message = [bench.small.path, PLACEHOLDER.decode(), seed()]
    arguments = [bench.sender, peer.port, peer.path, *message, connections, rate, messages]
    return of_program(bench, peer, arguments, preexec_fn=be_on_time)


def of_program(bench, peer, arguments, **options):
    before = bench.delivered()
    stretch = Stretch(peer, bench.receiver, bench.disk)
    ran = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, **options)
    if ran.returncode != 0:
        raise CannotRun(f"the load on {peer.name} failed: {ran.stderr.strip()}")
    result = json.loads(ran.stdout.strip().splitlines()[-1])
    taken = result["messages"] - result["refused"]
    result |= stretch.costs(max(1, taken))
    result["rate"] = taken / result["seconds"]
    # Those under way when wrk ends may or may not arrive.
    result["lost"] = max(0, taken - (bench.delivered() - before))
    return result


def seed():
    return int.from_bytes(os.urandom(4))


def send_large(bench, peer, message, at_once, each):
    """So many senders at once, each with so many large messages one after the other."""
    before = bench.delivered()
    stretch = Stretch(peer, bench.receiver, bench.disk)
    statuses = []

    def send_each():
        for _ in range(each):
            statuses.append(post_from_file(peer, message))

    senders = [threading.Thread(target=send_each) for _ in range(at_once)]
    begun = time.monotonic()
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    seconds = time.monotonic() - begun
    messages = at_once * each
    refused = messages - statuses.count(200)
    return stretch.costs(messages) | {
        "messages": messages,
        "rate": messages * message.length / MEBIBYTE / seconds,
        "refused": refused,
        "broken": 0,
        "lost": max(0, messages - refused - (bench.delivered() - before)),
    }


def post_from_file(peer, message):
    """Sends a message as cheaply as can be. Returns the HTTP status, or None when no answer came."""
    fields = f"Host: 127.0.0.1\r\nContent-Type: application/xml\r\nContent-Length: {message.length}\r\nConnection: close"
    head = f"POST {peer.path} HTTP/1.1\r\n{fields}\r\n\r\n"
    try:
        with open(message.path, "rb") as file:
            beginning = head.encode() + file.read(message.id_at) + str(uuid.uuid4()).encode()
            with socket.create_connection(("127.0.0.1", peer.port), SLOWEST) as connection:
                connection.sendall(beginning)
                connection.sendfile(file, message.id_at + len(PLACEHOLDER))
                return int(connection.makefile("rb").readline().split()[1])
    except (OSError, IndexError):
        return None
