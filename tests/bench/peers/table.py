"""Tables for a terminal."""

FIRST = 22

#: What a column shows: its heading, its width, where its figure is, by what it is divided, and how many decimals it has.
P50 = ("p50 ms", 8, ("p50_ms",), 1, 2)
P99 = ("p99 ms", 8, ("p99_ms",), 1, 2)
P999 = ("p99.9 ms", 9, ("p999_ms",), 1, 2)
OWN = ("CPU µs", 8, ("cpu", "peer"), 1e-6, 1)
RECEIVER = ("receiver", 9, ("cpu", "receiver"), 1e-6, 1)
LOAD = ("load", 7, ("cpu", "load"), 1e-6, 1)
WRITTEN = ("kB written", 11, ("written",), 1e3, 2)
FLUSHES = ("flushes", 8, ("flushes",), 1, 2)
STEAL = ("steal %", 8, ("steal",), 1e-2, 1)
TIMES = (P50, P99, P999)
COSTS = (OWN, RECEIVER, LOAD, WRITTEN, FLUSHES, STEAL)


def print_rates(title, results, beside=None, unit="messages/s", columns=TIMES + COSTS):
    """A row for each peer: its rate, the range of its rounds, and, with `beside`, how many times that peer's rate it is."""
    print(f"\n{title}")
    of_peer = f"{f'of {beside}':>10}" if beside else ""
    print(f"{'':{FIRST}}{unit:>12}{'range':>17}{of_peer}" + "".join(f"{column[0]:>{column[1]}}" for column in columns))
    for name, rounds in results.items():
        rate, (least, most) = rounds.median("rate"), rounds.range("rate")
        ratio = f"{rate / results[beside].median('rate'):10.3f}" if beside else ""
        span = f"{least:,.0f}–{most:,.0f}"
        cells = "".join(cell(rounds, *column[1:]) for column in columns)
        print(f"{name:{FIRST}}{rate:12,.0f}{span:>17}{ratio}{cells}", flush=True)


def cell(rounds, width, keys, unit, decimals):
    value = rounds.median(*keys)
    return f"{'–':>{width}}" if value is None else f"{value / unit:{width},.{decimals}f}"
