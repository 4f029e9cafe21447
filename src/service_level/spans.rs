use std::time::Duration;

use jiff::Timestamp;

/// A stretch of time: its beginning is in it, its end is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// When it begins.
    pub begin: Timestamp,
    /// When it ends. It is empty when that is not later than its beginning.
    pub end: Timestamp,
}

impl Span {
    /// From one moment until another.
    #[must_use]
    pub fn new(begin: Timestamp, end: Timestamp) -> Self {
        Self { begin, end }
    }

    /// Whether there is no time in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.begin
    }

    /// How long it is.
    #[must_use]
    pub fn length(self) -> Duration {
        Duration::try_from(self.end.duration_since(self.begin)).unwrap_or_default()
    }

    /// Whether the two have any time in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// What the two have in common; empty when there is nothing.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self { begin: self.begin.max(other.begin), end: self.end.min(other.end) }
    }
}

/// A set of moments, as spans in order that neither overlap nor touch. What is covered twice counts once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut all: Vec<_> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        all.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match merged.last_mut() {
                Some(last) if span.begin <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        Self::from_iter([span])
    }
}

impl Spans {
    /// The spans, the earliest first.
    pub fn iter(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is no time in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long all of it is.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.iter().map(Span::length).sum()
    }

    /// What is in both.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        let (mut common, mut at) = (Vec::new(), 0);
        for span in self.iter() {
            while other.0.get(at).is_some_and(|it| it.end <= span.begin) {
                at += 1;
            }
            let meeting = other.0[at..].iter().take_while(|it| it.begin < span.end);
            common.extend(meeting.map(|it| span.within(*it)));
        }
        Self(common)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let (mut rest, mut at) = (Vec::new(), 0);
        for span in self.iter() {
            while other.0.get(at).is_some_and(|it| it.end <= span.begin) {
                at += 1;
            }
            let mut begin = span.begin;
            for cut in other.0[at..].iter().take_while(|it| it.begin < span.end) {
                rest.push(Span::new(begin, cut.begin));
                begin = cut.end;
            }
            rest.push(Span::new(begin, span.end));
        }
        Self(rest.into_iter().filter(|span| !span.is_empty()).collect())
    }

    /// Whether any of it is in the span.
    #[must_use]
    pub fn meets(&self, span: Span) -> bool {
        let first = self.0.partition_point(|it| it.end <= span.begin);
        self.0.get(first).is_some_and(|it| it.meets(span))
    }
}
