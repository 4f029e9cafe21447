//! How long a thing takes, and how many times as long as another, both measured in the same run.

use std::time::{Duration, Instant};

const ROUNDS: usize = 41;
/// Long enough that the clock's own steps do not count, short enough that both share the machine's moods.
const ROUND: Duration = Duration::from_millis(20);

/// The median time of the one over the median time of the other, in alternating rounds.
pub fn median_ratio(mut one: impl FnMut(), mut other: impl FnMut()) -> f64 {
    let (times_one, times_other) = (times_in_a_round(&mut one), times_in_a_round(&mut other));
    let (mut took_one, mut took_other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        took_one.push(timed(&mut one, times_one));
        took_other.push(timed(&mut other, times_other));
    }
    median(took_one) / median(took_other)
}

/// The median time that it takes once.
pub fn median_time(mut work: impl FnMut()) -> Duration {
    let times = times_in_a_round(&mut work);
    Duration::from_secs_f64(median((0..ROUNDS).map(|_| timed(&mut work, times)).collect()))
}

/// The median times of both, in seconds, in that many alternating rounds. Each measures itself.
pub fn medians(rounds: usize, mut one: impl FnMut() -> Duration, mut other: impl FnMut() -> Duration) -> (f64, f64) {
    let (mut took_one, mut took_other) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        took_one.push(one().as_secs_f64());
        took_other.push(other().as_secs_f64());
    }
    (median(took_one), median(took_other))
}

/// How often it fits into a round; warms it up as well.
fn times_in_a_round(work: &mut impl FnMut()) -> u32 {
    let mut times = 1;
    loop {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        if start.elapsed() >= ROUND {
            return times;
        }
        times *= 2;
    }
}

/// Seconds that it takes once.
fn timed(work: &mut impl FnMut(), times: u32) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed().as_secs_f64() / f64::from(times)
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
