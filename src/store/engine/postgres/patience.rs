use std::time::{Duration, Instant};

use ring::rand::{SecureRandom, SystemRandom};

use super::error::PostgresError;

/// How long to wait after the first attempt that failed; after each further one twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// The same after a commit that was not answered: each attempt could leave another connection that waits on the server.
const PAUSE_AFTER_SILENCE: Duration = Duration::from_secs(20);

/// When a server that could not be reached may be tried again. Until then whoever asks is told at once, and the routers that
/// share a server do not all come back in the same moment.
#[derive(Debug, Default)]
pub(super) struct Patience {
    pause: Duration,
    last: Option<(PostgresError, Instant)>,
}

impl Patience {
    /// Whether it is too early to try again, and then how the last attempt failed.
    pub fn refuse(&self, now: Instant) -> Result<(), PostgresError> {
        match &self.last {
            Some((error, again_at)) if now < *again_at => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Takes note of a commit that was not answered.
    pub fn note_silence(&mut self, now: Instant) {
        self.last = Some((PostgresError::Silent, now + PAUSE_AFTER_SILENCE.mul_f64(random_share())));
    }

    /// Takes note of how an attempt ended.
    pub fn note<T>(&mut self, attempt: &Result<T, PostgresError>, now: Instant) {
        match attempt {
            Ok(_) => *self = Self::default(),
            Err(error) => {
                self.pause = (self.pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
                self.last = Some((error.clone(), now + self.pause.mul_f64(random_share())));
            }
        }
    }
}

/// At random between a half and the whole.
fn random_share() -> f64 {
    let mut random = [u8::MAX];
    // Without randomness all wait for the whole time.
    let _ = SystemRandom::new().fill(&mut random);
    0.5 + f64::from(random[0]) / f64::from(u8::MAX) / 2.0
}
