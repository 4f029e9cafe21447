"""Certificates as a pilot has them: an authority that issues, servers, and callers of an organisation."""

import subprocess
from pathlib import Path


class Authority:
    """Issues certificates with `openssl`."""

    def __init__(self, folder: Path, name: str):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = folder / f"{name}.pem"
        self.key = folder / f"{name}.key"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-subj", f"/CN={name}", "-days", "3650", "-keyout", self.key, "-out", self.certificate,
                 "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def server(self, name: str, days: int = 60):
        return self._issue(name, "/CN=localhost", days,
                           "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")

    def organisation(self, name: str, cvr: str, days: int = 60):
        """A client certificate of OCES3's kind for an organisation."""
        subject = f"/C=DK/organizationIdentifier=NTRDK-{cvr}/O=Eksempel/serialNumber=UI:DK-O:G:{name}/CN={name}"
        return self._issue(name, subject, days, "extendedKeyUsage=clientAuth\n")

    def _issue(self, name: str, subject: str, days: int, extensions: str):
        """Writes certificate and key beside their names and renames them into place, as those who renew them do."""
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        new_certificate, new_key = self.folder / f"{name}.pem.new", self.folder / f"{name}.key.new"
        request, wanted = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        wanted.write_text(extensions)
        _openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject,
                 "-keyout", new_key, "-out", request)
        _openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
                 "-days", str(days), "-extfile", wanted, "-out", new_certificate)
        new_key.chmod(0o600)
        new_certificate.rename(certificate)
        new_key.rename(key)
        return certificate, key


def _openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.strip()}")
