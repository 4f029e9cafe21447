use std::time::Duration;

/// The limits by which response times are counted, among them what Digital Post promises.
pub(in crate::store) const LIMITS: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_secs(1),
    Duration::from_millis(1500),
    Duration::from_secs(4),
];
