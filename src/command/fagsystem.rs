use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{Conclusion, EndSignals, Failure, complain, runtime, tell};
use crate::training::{PracticeAnswer, PracticeFagsystem};

#[derive(Debug, Args)]
pub(super) struct Fagsystem {
    /// Where to take messages (port 0: any free port)
    #[arg(long, value_name = "ADDR")]
    listen: SocketAddr,
    /// How to answer: accept, reject, unavailable or slow:<milliseconds>
    #[arg(long, default_value = "accept")]
    answer: PracticeAnswer,
    /// Store each message received in that directory, as <messageUUID>.xml; nobody but you may look into it from then on
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Fagsystem {
    pub fn run(self) -> Result<Conclusion, Failure> {
        runtime()?.block_on(async {
            let mut signals = EndSignals::listen()?;
            let started = PracticeFagsystem::start(self.listen, self.answer, self.keep.clone()).await;
            let fagsystem = started.map_err(|error| {
                format!(
                    "cannot receive at {}: {error}; choose another address, or another directory for the messages",
                    self.listen
                )
            })?;
            if let Some(directory) = self.keep.filter(|_| fagsystem.has_closed_directory()) {
                let directory = directory.display();
                complain(format_args!("others could look into {directory}: now its owner alone can (mode 0700)"));
            }
            tell(format_args!("Receiving at http://{}/postmodtag", fagsystem.address()));
            signals.next().await;
            tokio::select! {
                () = fagsystem.stop() => {}
                () = signals.next() => {}
            }
            Ok(Conclusion::Done)
        })
    }
}
