//! The decisions in a file, where there is no group policy.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Policy, PolicyError};

const PATH: &str = "/etc/postfordeler/policy.json";
/// The most bytes that are read of it.
const MAX_BYTES: u64 = 64 * 1024;

pub(super) fn read() -> Result<Policy, PolicyError> {
    match File::open(PATH) {
        Ok(file) => of_file(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Policy::default()),
        Err(error) => Err(wrong(error.to_string())),
    }
}

fn of_file(file: File) -> Result<Policy, PolicyError> {
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(wrong(format!("it holds more than {MAX_BYTES} bytes")));
    }
    Policy::of_json(Path::new(PATH), &text)
}

fn wrong(reason: String) -> PolicyError {
    PolicyError { place: PATH.to_owned(), reason }
}
