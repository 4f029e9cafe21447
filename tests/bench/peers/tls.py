"""TLS with client certificates on both sides: those who deliver show one, and whoever delivers to the receiver does."""

import shutil
import subprocess
import uuid

from commands import attempt
from messages import AUTHORITY
from peers import start_haproxy, start_nginx
from router import Data, start_router

#: As certificates of an organisation say whose they are; without these the router takes no caller's.
ORGANISATION = f"/C=DK/O=Eksempel Kommune/organizationIdentifier=NTRDK-{AUTHORITY}/serialNumber=UI:DK-O:G:{uuid.uuid4()}"
SERVER = "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth"
CALLER = "extendedKeyUsage=clientAuth"
DAYS = 30


class Certificates:
    """An issuer that nobody else knows, and what it has issued, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        key = self.new_key("issuer")
        arguments = ["req", "-x509", "-new", "-key", key, "-subj", "/CN=Issuer of a measurement", "-days", DAYS]
        self.call(*arguments, "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", self.path("issuer.pem"))
        for name, subject, extensions in [
            ("router", "/CN=localhost", SERVER),
            ("receiver", "/CN=localhost", SERVER),
            ("caller", ORGANISATION, CALLER),
        ]:
            self.issue(name, subject, extensions)
        both = self.path("caller.pem").read_text() + self.path("caller.key").read_text()
        self.write("caller-with-key.pem", both)

    def path(self, name):
        return self.folder / name

    def write(self, name, text):
        self.path(name).touch(mode=0o600)
        self.path(name).write_text(text)
        return self.path(name)

    def issue(self, name, subject, extensions):
        key, request = self.new_key(name), self.path(f"{name}.csr")
        self.call("req", "-new", "-key", key, "-subj", subject, "-out", request)
        by = ["-CA", self.path("issuer.pem"), "-CAkey", self.path("issuer.key"), "-CAcreateserial", "-days", DAYS]
        wanted = self.write(f"{name}.extensions", f"{extensions}\nbasicConstraints=CA:FALSE\n")
        self.call("x509", "-req", "-in", request, *by, "-extfile", wanted, "-out", self.path(f"{name}.pem"))

    def new_key(self, name):
        path = self.write(f"{name}.key", "")
        self.call("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
        return path

    @staticmethod
    def call(*arguments):
        attempt(["openssl", *arguments], "openssl makes no certificate", stderr=subprocess.DEVNULL)


def start_tls_receiver(receiver, certificates, folder):
    places = {"RECEIVER": f"127.0.0.1:{receiver.port}", "CERTIFICATES": certificates.folder}
    return start_nginx("receiver over TLS", "receiver-tls.conf", folder, **places)


def start_tls_nginx(receiver, certificates, folder):
    places = {"RECEIVER": f"127.0.0.1:{receiver.port}", "CERTIFICATES": certificates.folder}
    return start_nginx("nginx", "nginx-tls.conf", folder, **places)


def start_tls_router(name, program, receiver, certificates, folder):
    endpoint = f"https://localhost:{receiver.port}/memo"
    data = Data(program, folder, endpoint, access={"type": "klientcertifikat"})
    secrets, pair = folder / "secrets.json", certificates.path("caller-with-key.pem")
    for number in range(10):
        arguments = ["secret", "set", AUTHORITY, f"system-{number}", "--file", pair, "--secrets", secrets]
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        attempt([program, *arguments, "--data", folder], "the router keeps no certificate", **options)
    own = ["--certificate", certificates.path("router.pem"), "--key", certificates.path("router.key")]
    others = ["--client-issuers", certificates.path("issuer.pem"), "--client-cvr", AUTHORITY]
    outgoing = ["--secrets", secrets, "--trust", certificates.path("issuer.pem")]
    return data, start_router(name, data, *own, *others, *outgoing)


def put_a_sender_before(peer, certificates, folder):
    """wrk shows no certificate, so a proxy that does takes its messages and hands them on to the peer."""
    places = {"PEER": f"127.0.0.1:{peer.port}", "CERTIFICATES": certificates.folder}
    sender = start_haproxy(f"sender to {peer.name}", "sender-tls.cfg", folder, **places)
    peer.senders.append(sender)
    peer.port = sender.port
    return sender
