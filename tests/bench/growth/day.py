"""A working day of Digital Post: when messages come, and to which business systems they go. All of it is assumed."""

#: How messages are spread over the hours: few at night, most in the morning, a second wave after lunch, some in the evening.
BY_HOUR = (3, 2, 2, 2, 3, 6, 15, 40, 80, 105, 110, 95, 80, 90, 85, 70, 50, 40, 35, 30, 25, 20, 12, 8)
#: A tenth of the day's messages comes in two bulk sends of ten minutes each, beside all others.
BULK_SHARE = 0.1
BULK_STARTS = (9 * 3600, 13 * 3600)
BULK_SECONDS = 600
DAY = 86_400
#: How long a business system takes to answer: half of all answers within 150 ms, one in a hundred takes over 1.5 s. The
#: platform promises 1 s for a simple one.
ANSWER_MEDIAN = 0.150
ANSWER_SPREAD = 1.0
#: The largest system of a municipality gets this share of its mail, the next one that share of what is left, and so on.
LARGEST_SYSTEM = 0.4
SYSTEMS_EACH = 10
#: How many days of the ninety that the journal keeps a message are working days.
DAYS_KEPT = 64


class Flow:
    """So many messages a working day, to so many municipalities."""

    def __init__(self, name, a_day, municipalities):
        self.name, self.a_day, self.municipalities = name, a_day, municipalities

    def rate(self, second):
        """Messages a second at that second of the day, on average."""
        hour = BY_HOUR[int(second) // 3600] / sum(BY_HOUR) / 3600
        is_bulk = any(start <= second < start + BULK_SECONDS for start in BULK_STARTS)
        bulk = BULK_SHARE / len(BULK_STARTS) / BULK_SECONDS if is_bulk else 0
        return self.a_day * ((1 - BULK_SHARE) * hour + bulk)

    def peak(self):
        return max(self.rate(second) for second in range(0, DAY, 60))

    def arrivals(self, random, begin=0, end=DAY, times=1):
        """Seconds at which messages come: independent of each other, at the day's rate, or that many times as much."""
        now = begin
        most = times * self.peak()
        while (now := now + random.expovariate(most)) < end:
            if random.random() * most < times * self.rate(now):
                yield now

    def system(self, random):
        """Which business system a message goes to."""
        number = 0
        while number < SYSTEMS_EACH - 1 and random.random() > LARGEST_SYSTEM:
            number += 1
        return random.randrange(self.municipalities) * SYSTEMS_EACH + number


def answer_time(random):
    return ANSWER_MEDIAN * random.lognormvariate(0, ANSWER_SPREAD)


FLOWS = (
    Flow("a municipality", 5_000, 1),
    Flow("all 98 municipalities", 490_000, 98),
    Flow("Digital Post's whole flow", 1_000_000, 98),
)
