use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Attendance, RouterSpan, Span};

/// After a longer time without a look, nothing is known of what was between: the machine was asleep, or the program stood still.
const MAX_GAP: Duration = Duration::from_secs(15);
/// How far the clock may stray from the time that has passed since the span began, before it counts as having been set.
const MAX_DRIFT: SignedDuration = SignedDuration::from_secs(5);
/// How many spans may wait to be stored. While the database cannot be written, a router that keeps changing its mind must not
/// fill the memory.
const MAX_WAITING: usize = 1_000;

/// Turns looks at a router into the spans of what it could do.
///
/// Only time between two looks that agree with the clock is in a span. Where the clock was set, forward or back, where the
/// machine slept, or where the program ended, there is a gap. Within the interval in which a router stops or begins to take
/// mail, it counts as not taking any.
#[derive(Debug, Default)]
pub struct Recorder {
    open: Option<OpenSpan>,
    waiting: VecDeque<RouterSpan>,
}

#[derive(Debug, Clone, Copy)]
struct OpenSpan {
    span: Span,
    state: Attendance,
    /// How much time has passed since it began, whatever the clock showed.
    passed: Duration,
}

impl Recorder {
    /// Notes what the router can do now. `now` is what the clock shows, and `passed` the time since the last look by a clock
    /// that nobody sets; it is not used the first time.
    pub fn look(&mut self, now: Timestamp, passed: Duration, state: Attendance) {
        let Some(open) = self.open.take() else {
            self.begin(now, now, state);
            return;
        };
        let all_passed = open.passed + passed;
        let shown = now.duration_since(open.span.begin);
        let strayed = (shown - SignedDuration::try_from(all_passed).unwrap_or(SignedDuration::MAX)).abs();
        let step = now.duration_since(open.span.end);
        let is_back = step < SignedDuration::ZERO;
        let is_gap = passed > MAX_GAP || step.unsigned_abs() > MAX_GAP || strayed > MAX_DRIFT;
        if is_back || is_gap {
            self.keep(open);
            self.begin(now, now, state);
        } else if open.state == state {
            self.open = Some(OpenSpan { span: Span { end: now, ..open.span }, passed: all_passed, ..open });
        } else if state == Attendance::Ready {
            self.keep(OpenSpan { span: Span { end: now, ..open.span }, ..open });
            self.begin(now, now, state);
        } else {
            self.keep(open);
            self.begin(open.span.end, now, state);
            if let Some(open) = &mut self.open {
                open.passed = passed;
            }
        }
    }

    /// The spans that have not been [stored](Recorder::is_stored), in the order in which they came, the one that goes on last.
    #[must_use]
    pub fn to_store(&self) -> Vec<RouterSpan> {
        let open = self.open.map(|OpenSpan { span, state, .. }| RouterSpan { span, state });
        self.waiting.iter().copied().chain(open).filter(|it| !it.span.is_empty()).collect()
    }

    /// Forgets the spans that are over, because they are stored.
    pub fn is_stored(&mut self) {
        self.waiting.clear();
    }

    /// Whether a span has ended that is not stored.
    #[must_use]
    pub fn has_news(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn begin(&mut self, begin: Timestamp, end: Timestamp, state: Attendance) {
        self.open = Some(OpenSpan { span: Span { begin, end }, state, passed: Duration::ZERO });
    }

    fn keep(&mut self, OpenSpan { span, state, .. }: OpenSpan) {
        if span.is_empty() {
            return;
        }
        if self.waiting.len() >= MAX_WAITING {
            self.merge_first();
        }
        self.waiting.push_back(RouterSpan { span, state });
    }

    /// Joins the first two, as time in which no mail was taken where either is; where they do not touch, the first goes.
    fn merge_first(&mut self) {
        let Some(first) = self.waiting.pop_front() else { return };
        let Some(second) = self.waiting.front_mut().filter(|second| second.span.begin == first.span.end) else {
            return;
        };
        second.span.begin = first.span.begin;
        if second.state == Attendance::Ready {
            second.state = first.state;
        }
    }
}
