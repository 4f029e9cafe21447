"""A pilot: the router, its fagsystems, what they know each other by, and where every letter is."""

import contextlib
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from certificates import Authority
from post import Identity, Sender
from programs import Clock, Failed, Program, free_ports, is_open, wait_until

CVR, DIGITAL_POST, STRANGER = "11223344", "29190712", "87654321"
#: Who writes, and which fagsystem gets it.
SENDERS = {"10000001": "esdh", "10000002": "kmd", "10000003": "sbsys", "10000004": "esdh"}
#: How many seconds a fagsystem has to answer.
ANSWER_LIMIT = 5
DAY = 24 * 60 * 60


class Pilot:
    """Everything that runs."""

    def __init__(self, executable: Path, folder: Path):
        self.folder, self.data, self.log = folder, folder / "data", folder / "serve.log"
        self.clock = Clock(folder)
        self.program = Program(executable, folder, self.clock)
        self.ports = dict(zip(["serve", "metrics", "esdh", "kmd", "sbsys"], free_ports(5)))
        self.ours, self.callers = Authority(folder / "ours", "kommune-ca"), Authority(folder / "callers", "udsteder")
        self.keep = {name: folder / "kept" / name for name in ("esdh", "kmd", "sbsys")}
        self.running, self.publications = {}, 0
        self.secrets = folder / "secrets.json"
        self.senders = [Sender(self.ports["serve"], CVR, list(SENDERS), pause=0.02) for _ in range(2)]

    # What stands before the first letter.

    def set_up(self):
        # Soon to expire, as the router is to say.
        self.ours.server("router", days=20)
        self.ours.server("kmd")
        self.ours.server("sbsys")
        self.callers.organisation("digitalpost", DIGITAL_POST)
        self.callers.organisation("stranger", STRANGER)
        self.callers.organisation("router-som-kalder", CVR)
        self.kmd_key = self.folder / "kmd.key"
        self.set_kmd_key("noegle-uge-1")
        for name in self.keep:
            self.start_fagsystem(name)
        self.publish()
        self.keep_secrets()
        self.api_key = self.add_api_key("uge-1")

    def set_kmd_key(self, key: str):
        self.kmd_key.write_text(key)
        self.kmd_key.chmod(0o600)

    def add_api_key(self, name: str) -> str:
        return self.program.call("api-key", "--add", "--name", name, "--data", self.data).strip()

    def start_fagsystem(self, name: str, *answer: str):
        tls = ["--certificate", self.ours.folder / f"{name}.pem", "--key", self.ours.folder / f"{name}.key"]
        more = {
            "esdh": [],
            "kmd": [*tls, "--api-key-header", "X-Noegle", "--secret-file", self.kmd_key],
            "sbsys": [*tls, "--client-issuers", self.callers.certificate],
        }[name]
        listen = f"127.0.0.1:{self.ports[name]}"
        self.running[name] = self.program.start("fagsystem", "--listen", listen, "--keep", self.keep[name], *more,
                                                *answer, log=self.folder / f"{name}.log")
        wait_until(lambda: is_open(self.ports[name]), f"the fagsystem {name} listens")

    def configuration(self) -> dict:
        def entry(name, scheme, **more):
            endpoint = f"{scheme}://localhost:{self.ports[name]}/postmodtag"
            return {"id": name, "navn": name.upper(), "endpoint": endpoint, "tidsgraenser": {"svar": ANSWER_LIMIT}, **more}

        fagsystems = [
            entry("esdh", "http"),
            entry("kmd", "https", adgang={"type": "header", "navn": "X-Noegle"}),
            entry("sbsys", "https", adgang={"type": "klientcertifikat"}),
        ]
        rules = [
            {"prioritet": 10 * number, "fagsystem": fagsystem, "segment": "virksomhed", "regelelement": "afsenderCvr",
             "regelvaerdi": sender, "gyldigFra": "2020-01-01", "note": f"udgave {self.publications}"}
            for number, (sender, fagsystem) in enumerate(SENDERS.items(), 1)
        ]
        authority = {"cvr": CVR, "navn": "Eksempel Kommune", "opsamlingssystem": "esdh", "fagsystemer": fagsystems,
                     "regler": rules}
        return {"format": "postfordeler-konfiguration", "version": 1, "myndigheder": [authority]}

    def publish(self):
        self.publications += 1
        file = self.folder / "konfiguration.json"
        file.write_text(json.dumps(self.configuration()))
        self.program.call("import", file, "--data", self.data)

    def keep_secrets(self):
        where = ["--secrets", self.secrets, "--data", self.data]
        self.program.call("secret", "set", CVR, "kmd", *where, given=self.kmd_key.read_text())
        pair = self.callers.folder / "pair.pem"
        names = ("router-som-kalder.pem", "router-som-kalder.key")
        pair.write_text("".join((self.callers.folder / name).read_text() for name in names))
        pair.chmod(0o600)
        self.program.call("secret", "set", CVR, "sbsys", "--file", pair, *where)

    def start_router(self, *more: str):
        self.running["serve"] = self.program.start(
            "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.ports['serve']}",
            "--metrics", f"127.0.0.1:{self.ports['metrics']}", "--log", "json",
            "--certificate", self.ours.folder / "router.pem", "--key", self.ours.folder / "router.key",
            "--client-issuers", self.callers.certificate, "--client-cvr", DIGITAL_POST,
            "--secrets", self.secrets, "--trust", self.ours.certificate, *more, log=self.log)
        wait_until(lambda: self.health().get("klar"), "the router is ready")

    def start_window(self):
        """A window beside the router; none where there is no Xvfb."""
        if shutil.which("xvfb-run"):
            self.running["window"] = self.program.start_window(self.data, self.folder / "window.log")

    def end(self, name: str, with_signal=signal.SIGTERM, within: float = 120):
        process = self.running.pop(name)
        if name == "window":
            os.killpg(process.pid, with_signal)
        else:
            process.send_signal(with_signal)
        process.wait(within)

    def end_window(self):
        if "window" in self.running:
            self.end("window")

    def end_all(self):
        for name in list(self.running):
            with contextlib.suppress(subprocess.TimeoutExpired, ProcessLookupError):
                self.end(name)

    # What can be seen from outside.

    def health(self) -> dict:
        with contextlib.suppress(OSError, ValueError):
            address = f"http://127.0.0.1:{self.ports['metrics']}/sundhed"
            try:
                return json.load(urllib.request.urlopen(address, timeout=5))
            except urllib.error.HTTPError as error:
                return json.load(error)
        return {}

    def metric(self, name: str, **labels: str) -> float | None:
        """The sum of the series with those labels; `None` where there is none."""
        with contextlib.suppress(OSError):
            text = urllib.request.urlopen(f"http://127.0.0.1:{self.ports['metrics']}/metrics", timeout=5).read().decode()
            found = re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", text, re.MULTILINE)
            wanted = [f'{label}="{value}"' for label, value in labels.items()]
            values = [float(value) for given, value in found if all(each in given for each in wanted)]
            return sum(values) if values else None
        return None

    def see(self, shown: str, holds, name: str, **labels: str):
        """Waits until /metrics shows what an alert goes by."""
        def shows():
            value = self.metric(name, **labels)
            return value is not None and holds(value)

        wait_until(shows, f"/metrics shows {shown} ({name} {labels})")

    def certificate_in_force(self) -> str:
        """The one that a caller meets now, in PEM."""
        return ssl.get_server_certificate(("127.0.0.1", self.ports["serve"]))

    def identity(self, caller: str, api_key: str | None) -> Identity:
        folder = self.callers.folder
        pair = (folder / f"{caller}.pem", folder / f"{caller}.key") if caller else None
        return Identity(self.ours.certificate, pair, api_key)

    def present(self):
        """The senders show the certificate and key that count now, from the next letter on."""
        for sender in self.senders:
            sender.identity = self.identity("digitalpost", self.api_key)

    # The end.

    def audit(self) -> list[str]:
        """Where each letter is, beside what its sender was told."""
        accepted = {name: body for sender in self.senders for name, body in sender.accepted.items()}
        where = {}
        for fagsystem, folder in self.keep.items():
            for file in folder.glob("*.xml"):
                where.setdefault(file.stem.lower(), []).append((fagsystem, file.read_bytes()))
        faults = []
        for name, body in accepted.items():
            held = where.get(name, [])
            if not held:
                faults.append(f"{name}: told accepted, and no fagsystem has it")
            elif held[0][1] != body:
                faults.append(f"{name}: changed on its way to {held[0][0]}")
            elif held[0][0] != wanted(body):
                faults.append(f"{name}: with {held[0][0]}, not {wanted(body)}")
        return faults + [f"{name}: with {len(held)} fagsystems" for name, held in where.items() if len(held) > 1]


def wanted(body: bytes) -> str:
    return next(fagsystem for sender, fagsystem in SENDERS.items() if f">{sender}<".encode() in body)
