//! The decisions in a file, where there is no group policy.

#[cfg(not(windows))]
use std::fs::File;
#[cfg(not(windows))]
use std::io::{self, Read};
use std::path::Path;

use serde_json::{Map, Value};

use super::{Policy, PolicyError, PolicyName, PolicyValue};

#[cfg(not(windows))]
const PATH: &str = "/etc/postfordeler/policy.json";
/// The most bytes that are read of it.
#[cfg(not(windows))]
const MAX_BYTES: u64 = 64 * 1024;

#[cfg(not(windows))]
pub(super) fn read() -> Result<Policy, PolicyError> {
    match File::open(PATH) {
        Ok(file) => of_file(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Policy::default()),
        Err(error) => Err(wrong(error.to_string())),
    }
}

#[cfg(not(windows))]
fn of_file(file: File) -> Result<Policy, PolicyError> {
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(wrong(format!("it holds more than {MAX_BYTES} bytes")));
    }
    Policy::of_json(Path::new(PATH), &text)
}

#[cfg(not(windows))]
fn wrong(reason: String) -> PolicyError {
    PolicyError { place: PATH.to_owned(), reason }
}

impl Policy {
    /// What the text of such a file decides; `path` is where it stands, for errors.
    ///
    /// # Errors
    ///
    /// It is no JSON object, holds a name that is not known, or a value is none of those that its name may have.
    pub fn of_json(path: &Path, text: &str) -> Result<Self, PolicyError> {
        let place = path.display().to_string();
        let wrong = |reason: String| PolicyError { place: place.clone(), reason };
        let object: Map<String, Value> = serde_json::from_str(text)
            .map_err(|error| wrong(format!("it is no JSON object of decisions ({error})")))?;
        let mut values = Vec::new();
        for (key, value) in object {
            let known = PolicyName::ALL.into_iter().find(|name| name.text() == key);
            let name = known.ok_or_else(|| wrong(format!("'{key}' is nothing that can be decided")))?;
            values.push((name, understood(value).ok_or_else(|| wrong(format!("{name} is neither text nor number")))?));
        }
        Self::of_values(&place, values)
    }
}

fn understood(value: Value) -> Option<PolicyValue> {
    match value {
        Value::String(text) => Some(PolicyValue::Text(text)),
        Value::Number(number) => number.as_u64().and_then(|it| it.try_into().ok()).map(PolicyValue::Number),
        Value::Bool(yes) => Some(PolicyValue::Number(yes.into())),
        _ => None,
    }
}
