//! Any bytes as a package of rules.

use std::collections::BTreeSet;

use postfordeler::exchange::{FileProblem, InvalidText, Package, read_package, write_package};
use postfordeler::rules::without_cpr;

/// Says whether it is one.
pub fn check(file: &[u8]) -> bool {
    match read_package(file) {
        Ok(package) => {
            check_package(&package);
            true
        }
        Err(faults) => {
            assert!(!faults.0.is_empty());
            for fault in &faults.0 {
                // The digits of an interval may be as many as those of a CPR number.
                let is_interval =
                    matches!(fault.problem, FileProblem::Unreadable { why: InvalidText::Interval(_), .. });
                let words = fault.to_string();
                assert!(is_interval || without_cpr(&words) == words, "{words}");
            }
            false
        }
    }
}

/// Written and read again it is the same, and so is a part of it.
fn check_package(package: &Package) {
    assert_eq!(read_package(write_package(package).as_bytes()).as_ref(), Ok(package));
    let first: BTreeSet<_> = package.authority.rules.iter().take(1).map(|rule| rule.priority).collect();
    let part = Package::of(&package.authority, Some(&first), &package.environment, package.made_at);
    assert_eq!(part.authority.rules.len(), first.len());
    let written = write_package(&part);
    assert!(!written.chars().any(|sign| sign.is_control() && sign != '\n'), "{written:?}");
    assert_eq!(read_package(written.as_bytes()), Ok(part), "{written}");
}
