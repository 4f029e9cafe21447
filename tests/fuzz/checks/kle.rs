//! Any bytes as KL's plan of KLE numbers.

use std::fmt::Write;

use postfordeler::exchange::{KlePlanImport, Progress, read_kle_plan};
use postfordeler::rules::KlePlan;

use super::tables::assert_plain;

/// Says whether it is one.
pub fn check(file: &[u8]) -> bool {
    let progress = Progress::default();
    let Ok(read) = read_kle_plan(file, &progress) else { return false };
    assert_eq!(Some(progress.done()), progress.all(), "all of it was read");
    check_left_out(&read, file);
    let written = written(&read.plan);
    let again = read_kle_plan(written.as_bytes(), &Progress::default()).expect("it is a plan");
    assert_eq!(again.plan, read.plan, "{written}");
    assert_eq!((again.skipped, again.more_skipped, again.historic), (Vec::new(), 0, 0), "{written}");
    true
}

fn check_left_out(read: &KlePlanImport, file: &[u8]) {
    assert!(!read.plan.is_empty() && read.skipped.len() <= 200);
    assert!(read.more_skipped == 0 || read.skipped.len() == 200);
    // In UTF-16 a line break may be any byte of two.
    let lines = file.split(|byte| *byte == b'\n').count();
    for pair in read.skipped.windows(2) {
        assert!(pair[0].line <= pair[1].line, "by lines");
    }
    for skipped in &read.skipped {
        assert!((1..=lines).contains(&skipped.line), "line {} of {lines}", skipped.line);
        assert_plain(&skipped.what.to_string());
    }
    for (number, title) in read.plan.entries() {
        assert!(!title.trim().is_empty() && title.len() <= 1_000, "{number} {title}");
    }
}

/// The plan as KL writes it, without the text around the numbers.
fn written(plan: &KlePlan) -> String {
    let mut xml = "<KLE-Emneplan>".to_owned();
    if let Some(day) = plan.published {
        let _ = write!(xml, "<UdgivelsesDato>{day}</UdgivelsesDato>");
    }
    for (number, title) in plan.entries() {
        let number = number.to_string();
        let element = match number.len() {
            2 => "Hovedgruppe",
            5 => "Gruppe",
            _ => "Emne",
        };
        let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let inside = format!("<{element}Nr>{number}</{element}Nr><{element}Titel>{title}</{element}Titel>");
        let _ = writeln!(xml, "<{element}>{inside}</{element}>");
    }
    xml + "</KLE-Emneplan>"
}
