use clap::{Args, ValueEnum};

use crate::command::conclusion::Conclusion;
use crate::command::terminal::print_line;
use crate::language::LanguageChoice;
use crate::router::reference;

#[derive(Debug, Args)]
pub(in crate::command) struct Reasons {
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
            print_line(format_args!("{line}"));
        }
        Conclusion::Done
    }
}
