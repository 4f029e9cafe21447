use std::fmt;
use std::sync::Arc;

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
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct JsonPath(Option<Arc<Step>>);

/// The last step of a path. What is before it is shared by the paths of all values there: reading a file makes very many, and shows few.
#[derive(PartialEq, Eq, Hash)]
struct Step {
    before: JsonPath,
    part: Part,
}

#[derive(PartialEq, Eq, Hash)]
enum Part {
    Key(Box<str>),
    Index(usize),
}

impl JsonPath {
    /// The file as a whole.
    #[must_use]
    pub fn top() -> Self {
        Self::default()
    }

    /// The value of that key of the object here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.to(Part::Key(key.into()))
    }

    /// The value at that position of the list here, counted from 0.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        self.to(Part::Index(index))
    }

    fn to(&self, part: Part) -> Self {
        Self(Some(Arc::new(Step { before: self.clone(), part })))
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(step) = &self.0 else { return f.write_str("(top)") };
        let mut steps = vec![&**step];
        while let Some(before) = &steps[steps.len() - 1].before.0 {
            steps.push(before);
        }
        for (at, step) in steps.iter().rev().enumerate() {
            match &step.part {
                Part::Key(key) if at == 0 && key.is_empty() => f.write_str("(top)")?,
                Part::Key(key) if at == 0 => f.write_str(&without_cpr(key))?,
                Part::Key(key) => write!(f, ".{}", without_cpr(key))?,
                Part::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// As it is displayed: a key may hold a CPR number.
impl fmt::Debug for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonPath({self})")
    }
}
