use std::time::Duration;

use crate::service_level::BUCKETS;

/// The limits by which response times are counted, among them what Digital Post promises.
pub(in crate::store) const LIMITS: [Duration; 5] = BUCKETS;
