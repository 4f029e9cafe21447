"""A PostgreSQL of the run's own, with its usual promises: every commit is on disk before it is answered."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from commands import CannotRun
from processes import PATIENCE, Running, free_port

#: It refuses to run as root.
USER = "postgres"
PROGRAMS = "/usr/lib/postgresql"
NEEDED = "PostgreSQL is missing; install it (Debian: postgresql)"


class Server:
    """A cluster in a folder of its own, which goes when it ends."""

    def __init__(self):
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postfordeler-peers-"))
        self.databases = 0
        self.running = None
        try:
            if os.geteuid() == 0:
                shutil.chown(self.folder, USER)
            self.run("initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "-D", self.data)
            settings = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}", "max_connections=300"]
            flags = [flag for setting in settings for flag in ("-c", setting)]
            arguments = [*by_its_user(), find("postgres"), "-D", self.data, "-p", self.port, *flags]
            self.running = Running("PostgreSQL", arguments, "/dev/null", self.port)
            self.wait()
        except BaseException:
            self.end()
            raise

    @property
    def data(self):
        return self.folder / "data"

    def usage(self):
        return self.running.usage()

    def run(self, name, *arguments):
        ran = subprocess.run([*by_its_user(), find(name), *map(str, arguments)], capture_output=True, text=True, cwd="/")
        if ran.returncode != 0:
            raise CannotRun(f"{name} of PostgreSQL fails: {ran.stderr.strip()}")
        return ran.stdout

    def wait(self):
        deadline = time.monotonic() + PATIENCE
        ready = [find("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if time.monotonic() > deadline:
                raise CannotRun("PostgreSQL does not start")
            time.sleep(0.05)

    def new_database(self):
        """The name of a new one."""
        self.databases += 1
        name = f"run{self.databases}"
        self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", USER, name)
        return name

    def address(self, database, port=None):
        return f"postgresql://{USER}@127.0.0.1:{port or self.port}/{database}"

    def end(self):
        if self.running:
            self.running.end()
        shutil.rmtree(self.folder, ignore_errors=True)


def by_its_user():
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if os.geteuid() == 0 else []


def find(name):
    """The program of that name, of the newest version that is installed."""
    versions = sorted(Path(PROGRAMS).glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    found = next((folder / name for folder in versions if (folder / name).is_file()), shutil.which(name))
    if not found or (os.geteuid() == 0 and USER not in [user.pw_name for user in pwd.getpwall()]):
        raise CannotRun(NEEDED)
    return found
