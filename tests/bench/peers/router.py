"""The router: a data directory with a configuration for each that is started."""

import json
import shutil
import subprocess
import uuid

from commands import CannotRun, attempt
from messages import AUTHORITY
from processes import Running

RULES = 1_000
CONTACT_POINT = "241d39f6-998e-4929-b198-ccacbbf4b330"
SYSTEMS = 10


class Data:
    """A data directory, and what is published in it. The flags may name another database than its own."""

    def __init__(self, program, folder, endpoint, rules=RULES, access=None, flags=()):
        self.program, self.folder = program, folder
        self.priority = rules // 2
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        configuration = folder / "configuration.json"
        configuration.write_text(json.dumps(published(endpoint, rules, access)))
        arguments = [program, "import", configuration, "--data", folder, *flags]
        attempt(arguments, "the configuration is not taken in", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def check_decision(self, message):
        """That the rule in the middle is the one that concerns the message."""
        arguments = [self.program, "decide", message.path, "--json", "--data", self.folder]
        asked = subprocess.run(arguments, capture_output=True, text=True)
        decision = json.loads(asked.stdout or "{}")
        if decision.get("prioritet") != self.priority:
            raise CannotRun(f"the message should meet rule {self.priority} and does not: {decision}{asked.stderr}")

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def start_router(name, data, *flags, by=()):
    """The router on that data directory. `by` is what runs it, if it does not run by itself."""
    arguments = [*by, data.program, "serve", "--listen", "127.0.0.1:0", "--data", data.folder, *flags]
    router = Running(name, arguments, f"{data.folder}.log", stdout=subprocess.PIPE, text=True)
    line = router.process.stdout.readline()
    if not line.startswith("Receiving at "):
        router.end()
        raise CannotRun(f"{name} does not start; see {router.log.name}")
    router.port = int(line.rpartition(":")[2].partition("/")[0])
    return router


def published(endpoint, rules, access):
    """A configuration in which one rule in the middle concerns the message."""
    shown = {"adgang": access} if access else {}
    systems = [
        {"id": f"system-{number}", "navn": f"System {number}", "endpoint": endpoint} | shown for number in range(SYSTEMS)
    ]
    return {
        "format": "postfordeler-konfiguration",
        "version": 1,
        "myndigheder": [
            {
                "cvr": AUTHORITY,
                "navn": "Eksempel Kommune",
                "opsamlingssystem": "system-0",
                "fagsystemer": systems,
                "regler": [rule(priority, priority == rules // 2) for priority in range(1, rules + 1)],
            }
        ],
    }


def rule(priority, concerns_the_message):
    part = f"{10 + priority % 80}.{priority // 80 % 80:02}"
    others = [
        ("kontaktpunkt", str(uuid.UUID(int=priority))),
        ("kontaktgruppe", f"Gruppe {priority}"),
        ("afsenderCvr", str(20_000_000 + priority)),
        ("modtagerCvr", str(30_000_000 + priority)),
        ("kle", f"{part}.01 - {part}.50"),
        ("form", f"{part}.01.01"),
        ("udenKontaktpunkt", "virksomhedspost"),
    ]
    element, value = ("kontaktpunkt", CONTACT_POINT) if concerns_the_message else others[priority % len(others)]
    return {
        "prioritet": priority,
        "fagsystem": f"system-{priority % SYSTEMS}",
        "segment": "alle",
        "regelelement": element,
        "regelvaerdi": value,
        "gyldigFra": "2020-01-01",
        "aktiv": True,
        "note": "",
    }
