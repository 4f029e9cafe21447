//! What an administrator has decided for everybody on the machine, and no user can undo.
//!
//! On Windows the decisions come from group policy: the values of `Software\Policies\Postfordeler`, which the administrative
//! templates in `packaging/windows/policies` describe. A value for the machine counts before one for the user. Elsewhere they are
//! a JSON object in `/etc/postfordeler/policy.json`, with the same names and values.
//!
//! A decision that cannot be understood is an [error](PolicyError), so that the program does not run as if there were none.

#[cfg(not(windows))]
mod file;
mod json;
#[cfg(windows)]
mod registry;
mod value;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::language::LanguageChoice;

pub use self::value::{PolicyName, PolicyValue};

/// What was decided. By default, nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// The data directory, in place of the platform's own and of any that the user names.
    pub data_directory: Option<PathBuf>,
    /// Where a router may listen.
    pub listening: Listening,
    /// The language of the screens; `None`: as the user chooses.
    pub language: Option<LanguageChoice>,
    /// Whether the organisation itself hands out new versions, so that the program points to none.
    pub updates_off: bool,
}

/// Where a router may take messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listening {
    /// At any address.
    #[default]
    Anywhere,
    /// At addresses that only this machine reaches.
    ThisMachine,
    /// Nowhere: no router runs.
    Nowhere,
}

impl Listening {
    /// Whether a router may listen there.
    #[must_use]
    pub fn allows(self, address: SocketAddr) -> bool {
        match self {
            Self::Anywhere => true,
            Self::ThisMachine => address.ip().is_loopback(),
            Self::Nowhere => false,
        }
    }
}

/// A decision that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}; the program does not start until an administrator has corrected it")]
pub struct PolicyError {
    /// Where the decision stands: a key of the registry, or a file, and the name of the value.
    pub place: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Policy {
    /// Reads what was decided for this machine and this user.
    ///
    /// # Errors
    ///
    /// What was decided cannot be read or understood.
    pub fn of_machine() -> Result<Self, PolicyError> {
        #[cfg(windows)]
        return registry::read();
        #[cfg(not(windows))]
        return file::read();
    }

    /// What those values decide, the first of each name counting; `place` is where they stand, for errors.
    ///
    /// # Errors
    ///
    /// A value is none of those that its name may have.
    pub fn of_values(
        place: &str,
        values: impl IntoIterator<Item = (PolicyName, PolicyValue)>,
    ) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        let mut seen = Vec::new();
        for (name, value) in values {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            policy.decide(name, &value).map_err(|reason| PolicyError { place: format!("{place}, {name}"), reason })?;
        }
        Ok(policy)
    }

    fn decide(&mut self, name: PolicyName, value: &PolicyValue) -> Result<(), String> {
        match (name, value) {
            (PolicyName::DataDirectory, PolicyValue::Text(text)) => {
                let path = PathBuf::from(text);
                if !path.is_absolute() {
                    return Err(format!("'{text}' is no absolute path to a directory"));
                }
                self.data_directory = Some(path);
            }
            (PolicyName::DatabaseUrl, PolicyValue::Text(_)) => {
                return Err(
                    "this version keeps its data in the data directory and can use no shared database".to_owned()
                );
            }
            (PolicyName::RouterListens, PolicyValue::Number(number)) => {
                self.listening = match number {
                    0 => Listening::Nowhere,
                    1 => Listening::ThisMachine,
                    2 => Listening::Anywhere,
                    other => {
                        return Err(format!("{other} is none of 0 (nowhere), 1 (this machine) and 2 (any address)"));
                    }
                };
            }
            (PolicyName::Language, PolicyValue::Text(text)) => {
                self.language = Some(match text.as_str() {
                    "da" => LanguageChoice::Danish,
                    "en" => LanguageChoice::English,
                    other => return Err(format!("'{other}' is neither 'da' nor 'en'")),
                });
            }
            (PolicyName::UpdatesOff, PolicyValue::Number(number @ (0 | 1))) => self.updates_off = *number == 1,
            (PolicyName::UpdatesOff, PolicyValue::Number(other)) => return Err(format!("{other} is neither 0 nor 1")),
            (PolicyName::RouterListens | PolicyName::UpdatesOff, PolicyValue::Text(_)) => {
                return Err("a number is needed, not a text".to_owned());
            }
            (_, PolicyValue::Number(_)) => return Err("a text is needed, not a number".to_owned()),
        }
        Ok(())
    }

    /// What was decided, one line for each, for whoever asks why the program is as it is.
    #[must_use]
    pub fn decisions(&self) -> Vec<(PolicyName, String)> {
        let data = self.data_directory.as_ref().map(|path| path.display().to_string());
        let listening = match self.listening {
            Listening::Anywhere => None,
            other => Some(other.to_string()),
        };
        let language = self.language.map(|language| match language {
            LanguageChoice::Danish => "da".to_owned(),
            LanguageChoice::English => "en".to_owned(),
        });
        let updates = self.updates_off.then(|| "1".to_owned());
        let all = [
            (PolicyName::DataDirectory, data),
            (PolicyName::RouterListens, listening),
            (PolicyName::Language, language),
            (PolicyName::UpdatesOff, updates),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl fmt::Display for Listening {
    /// For whoever runs the program: `at addresses of this machine only`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anywhere => "at any address",
            Self::ThisMachine => "at addresses of this machine only",
            Self::Nowhere => "nowhere",
        })
    }
}
