use std::fmt;

use crate::rules::values::without_cpr;

/// The path of a value in the configuration file, and so of a part of a rule book: `myndigheder[0].regler[3].prioritet`.
///
/// A key that may hold a CPR number is replaced, since paths appear in error messages and logs.
///
/// ```
/// use postfordeler::rules::JsonPath;
/// let path = JsonPath::top().key("myndigheder").at(0).key("regler").at(3).key("prioritet");
/// assert_eq!(path.to_string(), "myndigheder[0].regler[3].prioritet");
/// assert_eq!(JsonPath::top().key("251216-9996").to_string(), "(udeladt)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct JsonPath(String);

impl JsonPath {
    /// The file as a whole.
    #[must_use]
    pub fn top() -> Self {
        Self::default()
    }

    /// The value of that key of the object here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let key = without_cpr(key);
        if self.0.is_empty() {
            return Self(key.into_owned());
        }
        // Reading a file makes very many, so without the machinery of formatting.
        let mut path = String::with_capacity(self.0.len() + 1 + key.len());
        path.push_str(&self.0);
        path.push('.');
        path.push_str(&key);
        Self(path)
    }

    /// The value at that position of the list here, counted from 0.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "(top)" } else { &self.0 })
    }
}
