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

fn go_through(target: &str, check: fn(&[u8])) {
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
