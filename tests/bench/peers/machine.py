"""The machine: how much of it was taken by others, and what its disk did."""

import os
import platform
import statistics
import time
from pathlib import Path

STEAL = 7
#: Among the counts of a disk, those of flushes that have completed (Linux 5.5 and newer).
FLUSHES = 15
FLUSH_TRIES = 200
PAGE = 4096


def tell(folder):
    system = f"{platform.system()} {platform.release()}, {os.cpu_count()} processors"
    print(f"{system}, busy with {os.getloadavg()[0]:.2f} processes before it began")
    flush, work = time_of_a_flush(folder)
    print(f"A flush of 4 KiB to the disk takes {1e6 * flush:.0f} µs (median), {1e6 * work:.0f} µs of CPU", flush=True)


class ProcessorTime:
    """What all processors have done since then."""

    def __init__(self):
        self.before = self.ticks()

    @staticmethod
    def ticks():
        first, _, _ = Path("/proc/stat").read_text().partition("\n")
        # Those of guests are among those of users.
        return list(map(int, first.split()[1:9]))

    def steal(self):
        """The share, 0 to 1, that other virtual machines on the same host have taken."""
        passed = [now - before for now, before in zip(self.ticks(), self.before)]
        return passed[STEAL] / max(1, sum(passed))


def time_of_a_flush(folder, pages=1):
    """Seconds until so many pages of 4 KiB that are written over are on disk (median), and the CPU time of it."""
    path, content = folder / "flush", b"\x5a" * PAGE * pages
    times, before = [], time.process_time()
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        for _ in range(FLUSH_TRIES):
            os.pwrite(file, content, 0)
            begun = time.perf_counter()
            os.fdatasync(file)
            times.append(time.perf_counter() - begun)
    finally:
        os.close(file)
        path.unlink()
    return statistics.median(times), (time.process_time() - before) / FLUSH_TRIES


class Disk:
    """The disk that a folder is on; whatever else uses it is counted along."""

    def __init__(self, folder):
        device = folder.stat().st_dev
        self.number = f"{os.major(device)}:{os.minor(device)}"
        entry = Path("/sys/dev/block") / self.number
        if (entry / "partition").exists():
            self.number = (entry.resolve().parent / "dev").read_text().strip()

    def flushes(self):
        """How often it was flushed since it is there, or `None` where that is not told (a network or RAM disk)."""
        for line in Path("/proc/diskstats").read_text().splitlines():
            major, minor, _, *counts = line.split()
            if f"{major}:{minor}" == self.number and len(counts) > FLUSHES:
                return int(counts[FLUSHES])
        return None
