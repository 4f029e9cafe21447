"""Postfix as a durable relay: smtp-source → smtpd → queue → smtp → smtp-sink, all on loopback.

It is Debian's, with a configuration, queue and data directory of its own below the work folder; the system's own
instance, its configuration and its queue are not touched. What Debian sets for speed and safety stays as it is.
"""

import grp
import os
import pwd
import re
import shutil
import signal
import subprocess
import time

from commands import CannotRun, find
from processes import PATIENCE, Running, adopt_orphans, free_port

MASTER = "/usr/lib/postfix/sbin/master"
SESSIONS = 16
LENGTH = 17_185
SENT = re.compile(rb"status=sent")
FAILED = re.compile(rb"status=(?:deferred|bounced|expired)|(?:fatal|panic|error): ")
#: Directories of a queue, with who owns them and their mode, as Postfix demands.
PRIVATE = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace")
SHARED = {"maildrop": 0o730, "public": 0o710}
#: Ends Postfix when the script is killed: the pipe that it reads from is closed then. The master changes its user in
#: between, and so would not be told by the system as the other peers are.
GUARD = 'read -r _ || kill -KILL "-$0"'
CONFIGURATION = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.invalid
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
# Everything goes to the sink, over connections that are kept.
relayhost = [127.0.0.1]:{sink}
smtp_host_lookup = native
smtpd_relay_restrictions = permit_mynetworks, reject
alias_maps =
alias_database =
local_recipient_maps =
smtp_tls_security_level = none
smtpd_tls_security_level = none
default_destination_concurrency_limit = {sessions}
initial_destination_concurrency = {sessions}
# Processes live on, so that what they have used can be told.
max_use = 1000000
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
"""
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


def needs_of_postfix():
    """Raises an error unless it can run; it is not installed, for it would take the place of the machine's mail system."""
    instead = "or leave Postfix out with --without Postfix"
    if os.geteuid() != 0:
        raise CannotRun(f"only root can start Postfix; run the script as root, {instead}")
    if not find("smtp-source") or not os.path.exists(MASTER):
        raise CannotRun(f"Postfix is missing; install it ('apt-get install postfix', without a configuration), {instead}")


class Postfix(Running):
    """Postfix with the sink that it delivers to."""

    def __init__(self, work):
        self.folder = work / "postfix"
        self.sink = self.guard = None
        adopt_orphans()
        sink_port, port = free_port(), free_port()
        self.prepare(sink_port, port)
        arguments = [find("smtp-sink"), f"127.0.0.1:{sink_port}", 256]
        # As nobody from the beginning: what changes its user by itself does not end with the script any more.
        nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        self.sink = Running("smtp-sink", arguments, work / "smtp-sink.log", **nobody)
        arguments = [MASTER, "-c", self.folder, "-d"]
        try:
            # In a session of its own: when it ends, it ends all processes of its group.
            super().__init__("Postfix", arguments, work / "postfix.log", port, start_new_session=True)
            self.guard = subprocess.Popen(["sh", "-c", GUARD, str(self.process.pid)], stdin=subprocess.PIPE)
            self.wait_until_it_listens()
        except BaseException:
            self.end()
            raise

    def prepare(self, sink_port, port):
        shutil.rmtree(self.folder, ignore_errors=True)
        queue, owner = self.folder / "queue", pwd.getpwnam("postfix").pw_uid
        shared = grp.getgrnam("postdrop").gr_gid
        for folder in (self.folder, queue, queue / "pid"):
            folder.mkdir(mode=0o755)
        for name in PRIVATE:
            (queue / name).mkdir(mode=0o700)
            os.chown(queue / name, owner, -1)
        for name, mode in SHARED.items():
            (queue / name).mkdir()
            os.chown(queue / name, owner, shared)
            (queue / name).chmod(mode)
        (self.folder / "data").mkdir(mode=0o700)
        os.chown(self.folder / "data", owner, -1)
        configuration = CONFIGURATION.format(folder=self.folder, sink=sink_port, sessions=SESSIONS)
        (self.folder / "main.cf").write_text(configuration)
        (self.folder / "master.cf").write_text(SERVICES.format(port=port))

    def wait_until_it_listens(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.offer(1).returncode == 0 and self.wait_until_delivered(1):
                return
            time.sleep(0.2)
        raise CannotRun(f"Postfix does not relay; see {self.folder}/log and {self.log.name}")

    def offer(self, messages):
        """smtp-source, which ends once Postfix has taken all of them."""
        sender = ["-d", "-s", SESSIONS, "-m", messages, "-l", LENGTH, "-f", "from@example.invalid"]
        arguments = [find("smtp-source"), *sender, "-t", "to@example.invalid", f"127.0.0.1:{self.port}"]
        return subprocess.run(list(map(str, arguments)), capture_output=True, text=True)

    def written(self, pattern):
        """How often the log has that."""
        try:
            return len(pattern.findall((self.folder / "log").read_bytes()))
        except FileNotFoundError:
            return 0

    def wait_until_delivered(self, messages):
        """Whether so many in all have been delivered, before nothing more happens."""
        before, since = self.written(SENT), time.monotonic()
        while before < messages and time.monotonic() - since < PATIENCE:
            time.sleep(0.02)
            if (now := self.written(SENT)) > before:
                before, since = now, time.monotonic()
        return before >= messages

    def end(self):
        if hasattr(self, "process"):
            super().end()
            self.end_its_group()
        if self.guard:
            self.guard.communicate(b"it has ended\n")
        if self.sink:
            self.sink.end()
        shutil.rmtree(self.folder / "queue", ignore_errors=True)

    def end_its_group(self):
        """The master tells its processes to end and does not wait for them."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
            while True:
                os.waitpid(-self.process.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass  # None is left.
