use std::path::Path;

use clap::Args;

use super::{Conclusion, Failure, complain, open_store, tell};
use crate::store::{ApiKey, Guard};

#[derive(Debug, Args)]
pub(super) struct MakeApiKey {
    /// Demand no key any more
    #[arg(long)]
    remove: bool,
}

impl MakeApiKey {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let store = open_store(data)?;
        let key = if self.remove { None } else { Some(ApiKey::random().ok_or("the system gives no random numbers")?) };
        let before = store.settings()?;
        let mut settings = before.clone();
        settings.api_key = key.as_ref().map(ApiKey::hash);
        settings.damaged.mend(Guard::ApiKey);
        store.save_changed_settings(&before, &settings)?;
        match key {
            Some(key) => {
                tell(format_args!("{}", key.reveal()));
                complain(format_args!(
                    "Only its hash is kept: it is not shown again. A router that runs demands it once restarted."
                ));
            }
            None => complain(format_args!("No API key is demanded any more. A router that runs must be restarted.")),
        }
        Ok(Conclusion::Done)
    }
}
