//! The decisions as a JSON object.

use std::path::Path;

use serde_json::{Map, Value};

use super::{Policy, PolicyError, PolicyName, PolicyValue};

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
