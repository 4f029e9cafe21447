use std::time::Duration;

use jiff::Timestamp;

use super::{Part, Promise, Span, Spans, Strain, Verdict};

/// What a running router could do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attendance {
    /// It could take mail.
    Ready,
    /// It could take none: nothing was published.
    NothingPublished,
    /// It could take none: the journal could not be written.
    JournalFails,
    /// It could take none: the newest publication could not be read.
    PublicationUnread,
}

impl Attendance {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Ready, "klar"),
        (Self::NothingPublished, "intet_udgivet"),
        (Self::JournalFails, "journal"),
        (Self::PublicationUnread, "udgivelse_ulaest"),
    ];

    /// Its word in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, code)| code)
    }

    /// The one with that word; `None` for one of a newer program.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(it, _)| *it)
    }
}

/// A stretch of time in which a router ran and could do one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouterSpan {
    /// When.
    pub span: Span,
    /// What it could do.
    pub state: Attendance,
}

/// What is known of a router in some time. Where two of its spans contradict each other, as after a clock was put back, it
/// could not take mail.
#[derive(Debug, Clone, Default)]
pub struct RouterTimes {
    ready: Spans,
    refusing: Vec<(Attendance, Spans)>,
    all_refusing: Spans,
}

impl FromIterator<RouterSpan> for RouterTimes {
    fn from_iter<I: IntoIterator<Item = RouterSpan>>(spans: I) -> Self {
        let spans: Vec<_> = spans.into_iter().collect();
        let of =
            |wanted: Attendance| -> Spans { spans.iter().filter(|it| it.state == wanted).map(|it| it.span).collect() };
        let all_refusing = spans.iter().filter(|it| it.state != Attendance::Ready).map(|it| it.span).collect();
        let refusing = Attendance::ALL.into_iter().skip(1).map(|(state, _)| (state, of(state)));
        Self { ready: of(Attendance::Ready).without(&all_refusing), refusing: refusing.collect(), all_refusing }
    }
}

/// What became of the time for which a promise was given.
///
/// `ready`, `lost` and `not_running` are of what has passed, and service windows are in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RouterAccount {
    /// All of the time, also what is to come.
    pub promised: Duration,
    /// It could take mail.
    pub ready: Duration,
    /// It ran, and could not take mail.
    pub lost: Duration,
    /// No router is known to have run: whether mail could have been taken is unknown.
    pub not_running: Duration,
    /// What service windows took of the time, also of what is to come.
    pub in_windows: Duration,
    /// The thousandths that are promised.
    pub thousandths: u16,
}

impl RouterAccount {
    /// Counts a part up to `now`, with those service windows cut out.
    #[must_use]
    pub fn count(part: Part, promise: Promise, times: &RouterTimes, windows: &Spans, now: Timestamp) -> Self {
        let all = part.time_of(promise);
        let counts = all.without(windows);
        let passed = counts.both(&Span::new(Timestamp::MIN, now).into());
        let lost = passed.both(&times.all_refusing).length();
        let ready = passed.both(&times.ready).length();
        let promised = counts.length();
        Self {
            promised,
            ready,
            lost,
            not_running: passed.length().saturating_sub(lost + ready),
            in_windows: all.length().saturating_sub(promised),
            thousandths: promise.thousandths(),
        }
    }

    /// Whether anything is known of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !(self.ready + self.lost).is_zero()
    }

    /// The share of the known time in which it could take mail, in millionths and rounded down, so that a promise that is
    /// broken never looks kept; `None` when nothing is known.
    #[must_use]
    pub fn millionths(&self) -> Option<u32> {
        let known = (self.ready + self.lost).as_nanos();
        let share = (self.ready.as_nanos() * 1_000_000).checked_div(known)?;
        u32::try_from(share).ok()
    }

    /// How much may be lost in all before the promise is broken, if a router runs for the rest of the time. Time in which none
    /// ran is in no share, and so makes it less.
    #[must_use]
    pub fn allowance(&self) -> Duration {
        let counts = self.promised.saturating_sub(self.not_running);
        let nanos = counts.as_nanos() * u128::from(1_000 - self.thousandths) / 1_000;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// How much may still be lost before the promise is broken.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.allowance().saturating_sub(self.lost)
    }

    /// How much of the allowance is used.
    #[must_use]
    pub fn strain(&self) -> Strain {
        Strain::of(self.lost.as_nanos(), self.allowance().as_nanos())
    }

    /// Whether the promise is kept.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.strain() {
            _ if !self.is_known() => Verdict::Unknown,
            Strain::Over => Verdict::Broken,
            _ => Verdict::Kept,
        }
    }
}

/// Something else than that the router could take mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouterEvent {
    /// When.
    pub span: Span,
    /// The promise that held.
    pub promise: Promise,
    /// What it was.
    pub kind: RouterEventKind,
}

/// What there was instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouterEventKind {
    /// It ran, and could not take mail for that reason.
    Lost(Attendance),
    /// No router is known to have run.
    NotRunning,
    /// A service window.
    InWindow,
}

impl RouterTimes {
    /// What there was in a part up to `now` besides time in which it could take mail, in the order of time.
    #[must_use]
    pub fn events(&self, part: Part, windows: &Spans, now: Timestamp) -> Vec<RouterEvent> {
        let passed: Spans = Span::new(Timestamp::MIN, now).into();
        let mut events = Vec::new();
        for promise in Promise::ALL {
            let all = part.time_of(promise);
            let mut add = |spans: Spans, kind| {
                events.extend(spans.iter().map(|span| RouterEvent { span, promise, kind }));
            };
            add(all.both(windows), RouterEventKind::InWindow);
            let counts = all.without(windows).both(&passed);
            let mut told = self.ready.clone();
            for (state, spans) in &self.refusing {
                let lost = counts.both(spans).without(&told);
                told = told.iter().chain(lost.iter()).collect();
                add(lost, RouterEventKind::Lost(*state));
            }
            add(counts.without(&told), RouterEventKind::NotRunning);
        }
        events.sort_by_key(|event| event.span);
        events
    }
}
