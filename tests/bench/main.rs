//! What the program promises of its speed and memory, as ratios that hold on any machine.
//!
//! `cargo bench --profile dist` measures the program as it is shipped. It prints each measurement with its target, and ends with
//! status 1 when one is missed. With the word `header-and-decision` it measures that alone, for `peers/run`, which measures the router against its peers; with `replay`, the
//! replay alone; with `certainty`, findings and proofs alone; with
//! `map`, a frame of the map alone; with `window`, the window alone, and the reading of a workbook.

#[path = "../outside/rules/big_book.rs"]
mod big_book;
mod certainty;
mod desktop;
mod map;
#[cfg(target_os = "linux")]
mod memory;
mod messages;
mod ratio;
mod replay;
mod speed;
#[path = "../outside/window/mod.rs"]
mod window;
mod workbook;

use std::process::ExitCode;

/// Something measured, and the most it may be.
struct Measurement {
    what: &'static str,
    measured: f64,
    most: f64,
    unit: &'static str,
}

impl Measurement {
    fn is_met(&self) -> bool {
        self.measured <= self.most
    }

    fn print(&self) {
        let Self { what, measured, most, unit } = self;
        let verdict = if self.is_met() { "met" } else { "MISSED" };
        println!("{what}\n    measured {measured:.2} {unit}, target at most {most:.0} {unit}: {verdict}");
    }
}

/// What people wait for who open the program, type, and read a workbook.
fn of_the_window() -> Vec<Measurement> {
    let mut measured = Vec::from(desktop::list_of_rules());
    measured.push(desktop::typing());
    measured.extend(desktop::opening());
    measured.push(workbook::reading());
    measured
}

fn main() -> ExitCode {
    let is_asked = |word: &str| std::env::args().any(|argument| argument == word);
    let alone = match () {
        () if is_asked("replay") => Some(replay::of_a_million_messages().into()),
        () if is_asked("map") => Some(map::frames()),
        () if is_asked("certainty") => Some(certainty::measured()),
        () if is_asked("window") => Some(of_the_window()),
        () => None,
    };
    if let Some(measurements) = alone {
        measurements.iter().for_each(Measurement::print);
        return if measurements.iter().all(Measurement::is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    println!(
        "Reading the header of the 17 kB example and deciding among 1,000 rules: {:.2} µs",
        speed::header_and_decision().as_secs_f64() * 1e6
    );
    if std::env::args().any(|argument| argument == "header-and-decision") {
        return ExitCode::SUCCESS;
    }
    let mut all_met = true;
    let mut tell = |measurement: Measurement| {
        measurement.print();
        all_met &= measurement.is_met();
    };
    tell(speed::decision_among_many_rules());
    certainty::measured().into_iter().for_each(&mut tell);
    tell(speed::reading_a_header());
    tell(speed::reading_a_message());
    tell(speed::reading_a_plan());
    of_the_window().into_iter().for_each(&mut tell);
    desktop::editing();
    map::frames().into_iter().for_each(&mut tell);
    messages::looking_through().into_iter().for_each(&mut tell);
    replay::of_a_million_messages().into_iter().for_each(&mut tell);
    #[cfg(target_os = "linux")]
    memory::of_the_largest_messages().into_iter().for_each(tell);
    #[cfg(not(target_os = "linux"))]
    println!("Memory of the router\n    skipped: only Linux tells the most memory that a process has used");
    if all_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
