//! Replays the corpora of the fuzz targets.

#[path = "../fuzz/checks/mod.rs"]
pub mod checks;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[test]
fn every_message_kept_is_read_as_it_must_be() {
    go_through("memo", checks::memo::check);
}

#[test]
fn every_configuration_kept_is_read_as_it_must_be() {
    go_through("configuration", checks::configuration::check);
}

#[test]
fn every_form_kept_is_read_as_it_must_be() {
    go_through("multipart", checks::multipart::check);
}

#[test]
fn every_answer_kept_is_judged_as_it_must_be() {
    go_through("receipts", checks::receipts::check);
}

#[test]
fn every_workbook_kept_is_taken_in_whole_or_not_at_all() {
    go_through_files("workbook", checks::workbook::check);
}

#[test]
fn every_open_document_kept_is_taken_in_whole_or_not_at_all() {
    go_through_files("open_document", checks::open_document::check);
}

#[test]
fn every_contact_structure_kept_is_taken_in_whole_or_not_at_all() {
    go_through_files("contact_structure", checks::contact_structure::check);
}

#[test]
fn every_kle_plan_kept_is_read_as_it_must_be() {
    go_through_files("kle", checks::kle::check);
}

#[test]
fn every_certificate_file_kept_is_read_as_it_must_be() {
    go_through_files("pkcs12", checks::pkcs12::check);
}

#[test]
fn every_secrets_file_kept_holds_its_secrets_or_stays_as_it_is() {
    go_through_files("secrets_file", checks::secrets_file::check);
}

#[test]
fn every_table_of_text_kept_is_taken_in_whole_or_not_at_all() {
    go_through_files("text_tables", checks::text_tables::check);
}

#[test]
fn every_package_kept_is_read_as_it_must_be() {
    go_through_files("package", checks::package::check);
}

/// A check that panics on an input that breaks it.
type Check = fn(&[u8]);

/// Tries each check on changed inputs of its corpus, for as many seconds as `FUZZ_SECONDS` says (60 unless set), where no
/// fuzzer is at hand: `cargo test --test outside -- --ignored changed_inputs --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn changed_inputs_are_read_as_they_must_be() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let targets: [(&str, Check); 12] = [
        ("memo", checks::memo::check),
        ("configuration", checks::configuration::check),
        ("multipart", checks::multipart::check),
        ("receipts", checks::receipts::check),
        ("workbook", |input| _ = checks::workbook::check(input)),
        ("open_document", |input| _ = checks::open_document::check(input)),
        ("text_tables", |input| _ = checks::text_tables::check(input)),
        ("contact_structure", |input| _ = checks::contact_structure::check(input)),
        ("kle", |input| _ = checks::kle::check(input)),
        ("package", |input| _ = checks::package::check(input)),
        ("pkcs12", |input| _ = checks::pkcs12::check(input)),
        ("secrets_file", |input| _ = checks::secrets_file::check(input)),
    ];
    for (target, check) in targets {
        println!("{target}: {} inputs", try_changed(target, Duration::from_secs(seconds), check));
    }
}

/// Mutates corpus inputs at random and runs the check on each; one that fails is left in a file.
fn try_changed(target: &str, time: Duration, check: Check) -> usize {
    let kept: Vec<Vec<u8>> = kept(target).iter().map(|file| fs::read(file).unwrap()).collect();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = move |bound: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % bound.max(1) as u64).unwrap()
    };
    let failing = std::env::temp_dir().join(format!("postfordeler-{target}.input"));
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < time {
        let mut input = kept[below(kept.len())].clone();
        for _ in 0..=below(4) {
            let at = below(input.len() + 1);
            match below(4) {
                0 if at < input.len() => input[at] = u8::try_from(below(256)).unwrap(),
                1 => input.truncate(at),
                2 => {
                    let other = &kept[below(kept.len())];
                    let from = below(other.len());
                    let piece = &other[from..(from + below(64)).min(other.len())];
                    input.splice(at..at, piece.iter().copied());
                }
                _ => drop(input.splice(at..(at + below(16)).min(input.len()), [])),
            }
        }
        fs::write(&failing, &input).unwrap();
        check(&input);
        count += 1;
    }
    fs::remove_file(failing).unwrap();
    count
}

/// Imported files: some of the corpus must be accepted, and some refused.
fn go_through_files(target: &str, check: fn(&[u8]) -> bool) {
    let (mut taken, mut refused) = (0, 0);
    go_through(target, |file| *if check(file) { &mut taken } else { &mut refused } += 1);
    assert!(taken >= 2 && refused >= 2, "of {target}, {taken} are taken in and {refused} refused");
}

fn go_through(target: &str, mut check: impl FnMut(&[u8])) {
    let mut count = 0;
    for file in kept(target) {
        // Shown when the check fails.
        println!("{}", file.display());
        check(&fs::read(&file).unwrap());
        count += 1;
    }
    assert!(count >= 20, "there are {count} inputs for {target}");
}

fn kept(target: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect()
}
