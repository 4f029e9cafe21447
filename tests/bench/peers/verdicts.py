"""What was measured, beside what it must be."""


class Verdict:
    """Something measured, and its target."""

    def __init__(self, what, measured, target, unit, is_at_least):
        self.what, self.measured, self.target, self.unit, self.is_at_least = what, measured, target, unit, is_at_least

    @classmethod
    def at_least(cls, what, measured, target, unit="times"):
        return cls(what, measured, target, unit, True)

    @classmethod
    def at_most(cls, what, measured, target, unit="times"):
        return cls(what, measured, target, unit, False)

    @property
    def is_met(self):
        return self.measured >= self.target if self.is_at_least else self.measured <= self.target

    def told(self):
        bound = "at least" if self.is_at_least else "at most"
        verdict = "met" if self.is_met else f"MISSED by {figure(abs(self.measured - self.target))} {self.unit}"
        return (
            f"{self.what}\n    measured {figure(self.measured)} {self.unit}, "
            f"target {bound} {figure(self.target)} {self.unit}: {verdict}"
        )


def figure(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
