"""What is sent: small messages by wrk, large ones straight from a file."""

import json
import os
import resource
import socket
import subprocess
import threading
import time
import uuid

from peers import AUTHORITY, HERE, CannotRun, find

EXAMPLE = HERE.parents[1] / "data/MeMo_Full_Example.xml"
#: Stands where each message gets an id of its own.
PLACEHOLDER = b"00000000-0000-4000-8000-000000000000"
LARGEST = 104_333_312
MEBIBYTE = 1024 * 1024
#: On two cores, which it shares with the peer and the receiver, a second one only gets in their way.
WRK_THREADS = 1
CONNECTIONS = 16
SLOWEST = 120


class Message:
    """A message in a file, and where its messageUUID stands."""

    def __init__(self, content, path):
        path.write_bytes(content)
        self.path = path
        self.length = len(content)
        self.id_at = content.index(PLACEHOLDER)

    def fresh(self):
        """The message under an id of its own."""
        return self.path.read_bytes().replace(PLACEHOLDER, str(uuid.uuid4()).encode(), 1)


def small_message(folder):
    return Message(example(), folder / "small.xml")


def large_message(folder):
    """The example with so much in its first file that it is as large as a message may be."""
    start, opening, end = example().partition(b"<memo:content>")
    room = LARGEST - len(start) - len(opening) - len(end)
    padding = b"VGhpcyBpcyBhIHRlc3Qg" * (room // 20)
    return Message(start + opening + b" " * (room % 20) + padding + end, folder / "large.xml")


def example():
    """The published full example, addressed to the authority as it is written to a citizen."""
    replacements = [
        (b"8C2EA15D-61FB-4BA9-9366-42F8B194C114", PLACEHOLDER),
        (b"<memo:recipientID>2211771212<", b"<memo:recipientID>" + AUTHORITY.encode() + b"<"),
    ]
    content = EXAMPLE.read_bytes()
    for before, after in replacements:
        content = content.replace(before, after, 1)
    header, recipient, rest = content.partition(b"<memo:Recipient>")
    return header + recipient + rest.replace(b"<memo:idType>CPR<", b"<memo:idType>CVR<", 1)


class Stretch:
    """Some time under load: what it cost whom."""

    def __init__(self, peer, receiver):
        self.processes = {"peer": peer, "receiver": receiver}
        self.before = self.cpu_seconds()

    def cpu_seconds(self):
        seconds = {name: process.cpu_seconds() for name, process in self.processes.items()}
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return seconds | {"load": sum(usage.ru_utime + usage.ru_stime for usage in used)}

    def cost_per_message(self, messages):
        """Seconds of CPU time, by process."""
        return {name: (after - self.before[name]) / messages for name, after in self.cpu_seconds().items()}


def send_small(peer, receiver, message, seconds):
    """Many small messages at once, for so many seconds."""
    stretch = Stretch(peer, receiver)
    how_much = ["--threads", WRK_THREADS, "--connections", CONNECTIONS, "--duration", f"{seconds}s"]
    what = ["--timeout", "30s", "--script", HERE / "load.lua", peer.url]
    for_the_script = ["--", message.path, PLACEHOLDER.decode(), seed()]
    arguments = map(str, [find("wrk"), *how_much, *what, *for_the_script])
    ran = subprocess.run(list(arguments), capture_output=True, text=True)
    if ran.returncode != 0:
        raise CannotRun(f"wrk failed: {ran.stderr.strip()}")
    result = json.loads(ran.stdout.strip().splitlines()[-1])
    if result["messages"] == 0:
        raise CannotRun(f"{peer.name} answered nothing in {seconds} s")
    result["rate"] = result["messages"] / result["seconds"]
    result["cpu"] = stretch.cost_per_message(result["messages"])
    return result


def seed():
    return int.from_bytes(os.urandom(4))


def send_large(peer, receiver, message, at_once, each):
    """So many senders at once, each with so many large messages one after the other."""
    stretch = Stretch(peer, receiver)
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
    return {
        "messages": messages,
        "throughput": messages * message.length / MEBIBYTE / seconds,
        "refused": messages - statuses.count(200),
        "cpu": stretch.cost_per_message(messages),
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
