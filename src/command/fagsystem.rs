use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{Conclusion, Failure, asked_to_end, runtime};
use crate::training::{PracticeAnswer, PracticeFagsystem};

#[derive(Debug, Args)]
pub(super) struct Fagsystem {
    /// Where to take messages (port 0: any free port)
    #[arg(long, value_name = "ADDR")]
    listen: SocketAddr,
    /// How to answer: accept, reject, unavailable or slow:<milliseconds>
    #[arg(long, default_value = "accept")]
    answer: PracticeAnswer,
    /// Store each message received in that directory, as <messageUUID>.xml
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Fagsystem {
    pub fn run(self) -> Result<Conclusion, Failure> {
        runtime()?.block_on(async {
            let started = PracticeFagsystem::start(self.listen, self.answer, self.keep).await;
            let fagsystem = started.map_err(|error| format!("cannot receive at {}: {error}", self.listen))?;
            println!("Receiving at http://{}/postmodtag", fagsystem.address());
            asked_to_end().await;
            fagsystem.stop().await;
            Ok(Conclusion::Done)
        })
    }
}
