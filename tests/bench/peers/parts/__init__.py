"""The parts of a run. Each starts the peers that it compares, prints its table, and returns verdicts and faults."""

from parts import connections, deciding, figures, half_load, instructions, large, rate, shared, size, tls

ALL = {
    "small": rate.small,
    "thirty": rate.thirty,
    "connections": connections.run,
    "half-load": half_load.run,
    "tls": tls.run,
    "rules": size.rules,
    "large": large.run,
    "deciding": deciding.run,
    "figures": figures.run,
    "journal": size.journal,
    "instructions": instructions.run,
    "shared": shared.run,
}
#: They take minutes or much disk, or are for another script, and are measured when asked for.
ASKED_FOR = ("figures", "journal", "instructions", "shared")
