use jiff::civil::Date;
use serde::Serialize;

/// The days on which a rule applies (*gyldig fra*, *gyldig til*): calendar days in Denmark, the first and the last included.
///
/// ```
/// use jiff::civil::date;
/// use postfordeler::rules::Validity;
///
/// let validity = Validity::new(date(2020, 10, 25), Some(date(2030, 1, 1)))?;
/// assert!(validity.includes(date(2020, 10, 25)) && validity.includes(date(2030, 1, 1)));
/// assert!(!validity.includes(date(2030, 1, 2)));
///
/// let open_ended = Validity::new(date(2020, 10, 25), None)?;
/// assert!(open_ended.includes(date(9999, 12, 31)));
/// assert!(Validity::new(date(2020, 10, 25), Some(date(2020, 10, 24))).is_err());
/// # Ok::<(), postfordeler::rules::EndsBeforeStart>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Validity {
    #[serde(rename = "gyldigFra")]
    from: Date,
    #[serde(rename = "gyldigTil", skip_serializing_if = "Option::is_none")]
    to: Option<Date>,
}

/// The last day lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the last day (gyldigTil) lies before the first (gyldigFra)")]
pub struct EndsBeforeStart;

impl Validity {
    /// From the first day through the last, or open-ended.
    ///
    /// # Errors
    ///
    /// [`EndsBeforeStart`].
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, EndsBeforeStart> {
        if to.is_some_and(|to| to < from) { Err(EndsBeforeStart) } else { Ok(Self { from, to }) }
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day; `None` when it is open-ended.
    #[must_use]
    pub fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether the rule applies on that day.
    #[must_use]
    pub fn includes(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The first and the last of its days that are not before `today`; `None` when all are.
    pub(in crate::rules) fn days_from(self, today: Date) -> Option<(Date, Date)> {
        let (first, last) = (self.from.max(today), self.to.unwrap_or(Date::MAX));
        (first <= last).then_some((first, last))
    }
}
