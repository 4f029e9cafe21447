use clap::{Args, ValueEnum};

use super::{Conclusion, tell};
use crate::language::LanguageChoice;
use crate::router::reference;

#[derive(Debug, Args)]
pub(super) struct Reasons {
    /// In which language
    #[arg(long, default_value = "en")]
    language: Language,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    En,
    Da,
}

impl Reasons {
    pub fn run(self) -> Conclusion {
        let language = match self.language {
            Language::En => LanguageChoice::English,
            Language::Da => LanguageChoice::Danish,
        };
        for line in reference(language).lines() {
            tell(format_args!("{line}"));
        }
        Conclusion::Done
    }
}
