//! What the fuzz targets have found and kept, held once more against what must hold of every input.

#[path = "../fuzz/checks/mod.rs"]
pub mod checks;

use std::fs;
use std::path::Path;

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

/// Files that come in: some of those kept must be taken in, and some refused.
fn go_through_files(target: &str, check: fn(&[u8]) -> bool) {
    let (mut taken, mut refused) = (0, 0);
    go_through(target, |file| *if check(file) { &mut taken } else { &mut refused } += 1);
    assert!(taken >= 2 && refused >= 2, "of {target}, {taken} are taken in and {refused} refused");
}

fn go_through(target: &str, mut check: impl FnMut(&[u8])) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(directory).unwrap() {
        let file = entry.unwrap().path();
        // Shown when the check fails.
        println!("{}", file.display());
        check(&fs::read(&file).unwrap());
        count += 1;
    }
    assert!(count >= 20, "there are {count} inputs for {target}");
}
