#!/usr/bin/env python3
"""Mail for `try` beside this: two fagsystems, a sender that does as Digital Post does, and what became of each message.

    mail.py fagsystems --ports A B --log FILE
    mail.py send --to URL --messages DIR --from N --count N --rate N --out FILE [--keep] --ca FILE --client FILE
    mail.py compare --log FILE --out FILE...
    mail.py haproxy SOCKET COMMAND
"""

import argparse
import collections
import http.client
import http.server
import json
import queue
import random
import re
import socket
import ssl
import sys
import threading
import time
import urllib.parse
from pathlib import Path

#: How long a message is sent again until it counts as lost.
PATIENCE = 180
#: Digital Post waits longer; a trial need not.
BEFORE_SENDING_AGAIN = 0.5


def fagsystems(options):
    """Takes each message to its last byte, notes it, and only then answers that it has it."""
    log, one_at_a_time = open(options.log, "a", encoding="utf-8"), threading.Lock()

    class Fagsystem(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.whole_body()
            uuid = re.search(rb"messageUUID>\s*([0-9a-fA-F-]{36})", body).group(1).decode().lower()
            time.sleep(random.uniform(0, 0.15))
            with one_at_a_time:
                log.write(f"{self.server.server_port} {uuid}\n")
                log.flush()
            answer = b'{"receiptStatus": "COMPLETED", "errorCode": null, "errorMessage": null}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def whole_body(self):
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.exactly(int(self.headers["Content-Length"]))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.exactly(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def exactly(self, size):
            body = self.rfile.read(size)
            if len(body) < size:
                raise ConnectionError("the message broke off")
            return body

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

        def handle_error(self, *_):
            pass

    for port in options.ports:
        threading.Thread(target=Server(("127.0.0.1", port), Fagsystem).serve_forever).start()


class Sender:
    def __init__(self, options):
        self.to, self.keep, self.paths = urllib.parse.urlsplit(options.to), options.keep, queue.Queue()
        self.trust = ssl.create_default_context(cafile=options.ca)
        self.trust.load_cert_chain(options.client)
        self.lock, self.answers, self.accepted = threading.Lock(), collections.Counter(), {}
        self.times, self.tries, self.slowest = [], collections.Counter(), 0.0
        self.lost = []

    def connect(self):
        return http.client.HTTPSConnection(self.to.hostname, self.to.port, timeout=60, context=self.trust)

    def work(self):
        connection = None
        while (path := self.paths.get()) is not None:
            body, begun, tries = path.read_bytes(), time.monotonic(), 0
            while True:
                tries += 1
                asked = time.monotonic()
                try:
                    connection = connection or self.connect()
                    headers = {"Content-Type": "application/xml"}
                    if not self.keep:
                        headers["Connection"] = "close"
                    connection.request("POST", "/memo", body, headers)
                    answer = connection.getresponse()
                    receipt = json.loads(answer.read() or b"{}")
                    what = f"{answer.status} {receipt.get('errorCode') or ''}".strip()
                    if words := answer.status != 200 and receipt.get("errorMessage"):
                        what += f" ({words[:60]})"
                    if not self.keep or answer.will_close:
                        connection = None
                except (OSError, http.client.HTTPException, ValueError) as error:
                    what, connection = f"no answer ({type(error).__name__})", None
                took = time.monotonic() - asked
                with self.lock:
                    self.answers[what] += 1
                    self.slowest = max(self.slowest, took)
                    if what == "200":
                        self.times.append(time.monotonic())
                        self.accepted[path.stem] = tries
                        break
                    if time.monotonic() - begun > PATIENCE:
                        self.lost.append(path.stem)
                        break
                time.sleep(BEFORE_SENDING_AGAIN)

    def run(self, paths, rate):
        workers = [threading.Thread(target=self.work) for _ in range(64)]
        for worker in workers:
            worker.start()
        begun = time.monotonic()
        for number, path in enumerate(paths):
            time.sleep(max(0, begun + number / rate - time.monotonic()))
            self.paths.put(path)
        for _ in workers:
            self.paths.put(None)
        for worker in workers:
            worker.join()
        times = [begun, *sorted(self.times)]
        return {
            "sent": len(paths), "accepted": sorted(self.accepted), "lost": self.lost, "answers": dict(self.answers),
            "again": sum(tries > 1 for tries in self.accepted.values()), "slowest": self.slowest,
            "gap": max((later - earlier for earlier, later in zip(times, times[1:])), default=0),
        }


def send(options):
    paths = sorted(Path(options.messages).glob("*.xml"))[options.first:options.first + options.count]
    Path(options.out).write_text(json.dumps(Sender(options).run(paths, options.rate)), encoding="utf-8")


def compare(options):
    had = collections.defaultdict(collections.Counter)
    for line in Path(options.log).read_text(encoding="utf-8").splitlines():
        port, uuid = line.split()
        had[uuid][port] += 1
    is_well = True
    for name in options.out:
        told = json.loads(Path(name).read_text(encoding="utf-8"))
        uuids = told["accepted"] + told["lost"]
        to_two = sum(len(had[uuid]) > 1 for uuid in uuids)
        of_nobody = sum(not had[uuid] for uuid in told["accepted"])
        twice = sum(max(had[uuid].values(), default=0) > 1 for uuid in uuids)
        print(f"  {told['sent']} messages, {len(told['accepted'])} accepted ({told['again']} after being sent again), "
              f"{len(told['lost'])} lost, {to_two} to two fagsystems, {of_nobody} accepted that nobody has, "
              f"{twice} twice to the same")
        print(f"  longest time without an accepted message {told['gap']:.1f} s, slowest answer {told['slowest']:.1f} s")
        for what, count in sorted(told["answers"].items()):
            print(f"    {count:6} x {what}")
        is_well = is_well and not (told["lost"] or to_two or of_nobody)
    sys.exit(0 if is_well else 1)


def haproxy(options):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(options.socket)
        connection.sendall(options.command.encode() + b"\n")
        print(b"".join(iter(lambda: connection.recv(65536), b"")).decode().strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("fagsystems")
    command.add_argument("--ports", type=int, nargs=2, required=True)
    command.add_argument("--log", required=True)
    command.set_defaults(run=fagsystems)
    command = commands.add_parser("send")
    for name in ("--to", "--messages", "--out", "--ca", "--client"):
        command.add_argument(name, required=True)
    for name in ("--count", "--rate"):
        command.add_argument(name, type=int, required=True)
    command.add_argument("--from", dest="first", type=int, default=0)
    command.add_argument("--keep", action="store_true", help="send many messages on a connection")
    command.set_defaults(run=send)
    command = commands.add_parser("compare")
    command.add_argument("--log", required=True)
    command.add_argument("--out", nargs="+", required=True)
    command.set_defaults(run=compare)
    command = commands.add_parser("haproxy")
    command.add_argument("socket")
    command.add_argument("command")
    command.set_defaults(run=haproxy)
    options = parser.parse_args()
    options.run(options)


main()
