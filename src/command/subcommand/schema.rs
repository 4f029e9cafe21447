use std::io::{self, Write};

use clap::Args;

use crate::command::conclusion::{Conclusion, Failure};
use crate::exchange::{ReferenceLanguage, configuration_reference, configuration_schema};
use crate::visible::visible_json;

#[derive(Debug, Args)]
pub(in crate::command) struct Schema {
    /// Print the keys one by one for people to read, in Markdown
    #[arg(long)]
    markdown: bool,
    /// Print that in Danish
    #[arg(long, requires = "markdown")]
    danish: bool,
}

impl Schema {
    pub fn run(self) -> Result<Conclusion, Failure> {
        let text = if self.markdown {
            configuration_reference(if self.danish { ReferenceLanguage::Danish } else { ReferenceLanguage::English })
        } else {
            let schema = serde_json::to_string_pretty(&configuration_schema())?;
            format!("{}\n", visible_json(&schema))
        };
        // A closed pipe is no failure: the reader may have seen enough.
        let _ = io::stdout().write_all(text.as_bytes());
        Ok(Conclusion::Done)
    }
}
