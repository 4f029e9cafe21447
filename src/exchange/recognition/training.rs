use std::fmt;

use memchr::memmem;

/// A file of training, which no rules are taken from: it has a place of its own in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingFile {
    /// A package that training begins with.
    Package,
    /// The progress of a machine.
    Progress,
    /// A lesson.
    Lesson,
}

/// How the name of a training package ends.
const PACKAGE_ENDING: &str = ".pfoevelse";
/// The first part of a training package.
const PACKAGE_ENTRY: &[u8] = b"oevelsespakke.json";
/// Where the name of its first part is in a ZIP archive.
const ENTRY_NAME: usize = 30;
/// A file of ours says what it is before anything else, in that many bytes.
const BEGINNING: usize = 2_000;

impl TrainingFile {
    /// Which of them a file is, by its name and beginning; `None` for none.
    #[must_use]
    pub fn of(name: &str, file: &[u8]) -> Option<Self> {
        let beginning = &file[..file.len().min(BEGINNING)];
        let says = |words: &str| memmem::find(beginning, words.as_bytes()).is_some();
        if beginning.starts_with(b"PK\x03\x04") {
            let is_package = beginning.get(ENTRY_NAME..).is_some_and(|rest| rest.starts_with(PACKAGE_ENTRY));
            return (is_package || name.to_lowercase().ends_with(PACKAGE_ENDING)).then_some(Self::Package);
        }
        match beginning.trim_ascii_start().first() {
            Some(b'{') => says("\"postfordeler-fremgang\"").then_some(Self::Progress),
            _ => says("format = \"postfordeler-opgave\"").then_some(Self::Lesson),
        }
    }
}

/// What the file is, and what to do with it.
impl fmt::Display for TrainingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Package => {
                "this is a training package, from which no rules are taken in; open it on Files in the window, by a name that \
                 ends in .pfoevelse"
            }
            Self::Progress => "this is the progress of a machine in training; load it on Lessons, in training",
            Self::Lesson => "this is a lesson for training; load it on Lessons, in training",
        })
    }
}
