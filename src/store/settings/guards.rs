use std::fmt;

/// A setting whose default must never replace what was chosen: it decides who gets in, where messages and secrets
/// go, or what is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// [`RouterSettings::listen`](crate::store::RouterSettings::listen).
    Listen,
    /// [`RouterSettings::protection`](crate::store::RouterSettings::protection).
    Protection,
    /// [`RouterSettings::api_key`](crate::store::RouterSettings::api_key).
    ApiKey,
    /// [`RouterSettings::trusted_issuers`](crate::store::RouterSettings::trusted_issuers).
    TrustedIssuers,
    /// [`RouterSettings::proxy`](crate::store::RouterSettings::proxy).
    Proxy,
    /// [`RouterSettings::secrets`](crate::store::RouterSettings::secrets).
    Secrets,
    /// [`RouterSettings::retention_days`](crate::store::RouterSettings::retention_days).
    Retention,
}

impl Guard {
    /// Every guard with its key in the database.
    const ALL: [(Self, &'static str); 7] = [
        (Self::Listen, "listen"),
        (Self::Protection, "protection"),
        (Self::ApiKey, "api_key"),
        (Self::TrustedIssuers, "trusted_issuers"),
        (Self::Proxy, "proxy"),
        (Self::Secrets, "secrets"),
        (Self::Retention, "retention_days"),
    ];

    pub(super) fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == key).map(|(guard, _)| *guard)
    }

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(guard, _)| *guard == self).map_or("", |(_, key)| key)
    }

    /// What to do when it is damaged.
    fn advice(self) -> &'static str {
        match self {
            Self::ApiKey => {
                "make a new key with 'postfordeler api-key', or demand none with 'postfordeler api-key --remove' (in the \
                 window: Router, Access)"
            }
            Self::Protection => {
                "choose certificate and client certificates anew in the window (Router, Access), or give all of it to \
                 'postfordeler serve': the certificate, --client-issuers and --client-cvr"
            }
            Self::Listen => "choose the address anew in the window (Router, Access)",
            Self::TrustedIssuers => "give --trust, or reset it in the window (Router, Access)",
            Self::Proxy => "give --proxy, or reset it in the window (Router, Access)",
            Self::Secrets => "give --secrets, or reset it in the window (Router, Access)",
            Self::Retention => "give --retention-days, or reset it in the window (Router, Access)",
        }
    }
}

/// The guards that are stored but unreadable; usually none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DamagedGuards(Vec<Guard>);

impl DamagedGuards {
    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Guard> {
        self.0.iter().copied()
    }

    /// Whether every guard could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that one could not be read.
    #[must_use]
    pub fn contains(&self, guard: Guard) -> bool {
        self.0.contains(&guard)
    }

    /// That one alone.
    pub(crate) fn of_one(guard: Guard) -> Self {
        Self(vec![guard])
    }

    /// Notes that the guard has been set again.
    pub fn mend(&mut self, guard: Guard) {
        self.0.retain(|damaged| *damaged != guard);
    }

    /// Only that guard could not be read.
    pub(in crate::store) fn only(guard: Guard) -> Self {
        Self(vec![guard])
    }

    pub(super) fn note(&mut self, guard: Guard) {
        if let Err(place) = self.0.binary_search(&guard) {
            self.0.insert(place, guard);
        }
    }
}

impl fmt::Display for DamagedGuards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, guard) in self.iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            write!(f, "{between}the setting '{}' is damaged: {}", guard.key(), guard.advice())?;
        }
        Ok(())
    }
}
