use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use futures_util::StreamExt;
use reqwest::{Body, Url};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use crate::command::access_flags::AccessFlags;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::input::read_whole;
use crate::command::parse::{read_endpoint, read_router_url};
use crate::command::process::runtime;
use crate::command::terminal::{eprint_line, print_json, print_line};
use crate::endpoint_test::{CallResult, shown_address, words};
use crate::language::LanguageChoice;
use crate::memo::{MAX_HEADER_BYTES, MessageUuid, Reader};
use crate::router::{Courier, Receipt, TrialLetter};
use crate::rules::{Cvr, Fagsystem, Seconds};
use crate::store::RouterSettings;
use crate::training::{Credentials, Postman};

#[derive(Debug, Args)]
pub(in crate::command) struct Send {
    /// The messages (MeMo XML)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The router's address, such as <http://127.0.0.1:8606/memo>; without a path, /memo is meant. With --as-router, the
    /// business system's endpoint
    #[arg(long, value_name = "URL", value_parser = read_router_url)]
    to: Url,
    /// Send to a business system as the router does, and print how the router understands the answer
    #[arg(long, conflicts_with_all = ["api_key_file", "certificate"])]
    as_router: bool,
    #[command(flatten)]
    access: AccessFlags,
    /// A file that holds the API key which the router wants
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,
    /// Certificates (PEM) to trust instead of the system's, such as the router's self-signed one; with --as-router, those
    /// of issuers to be trusted besides the system's
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// A client certificate to show (PEM)
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// The client certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// How many seconds to wait for each receipt, besides the time that a slow line takes for the message
    #[arg(long, value_name = "SECONDS", default_value_t = Postman::DEFAULT_TIMEOUT.as_secs())]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=MAX_TIMEOUT_SECONDS))]
    timeout: u64,
}

/// In seconds: longer than any fagsystem may have to answer.
const MAX_TIMEOUT_SECONDS: u64 = 7200;

impl Send {
    pub fn run(self) -> Result<Conclusion, Failure> {
        if self.as_router {
            return self.send_as_router();
        }
        if self.access.is_given() {
            return Err(
                "--api-key-header and --client-certificate are for a business system: give --as-router too; a router \
                        takes --api-key-file, or --certificate and --key"
                    .into(),
            );
        }
        let postman = Postman::with(self.to.clone(), &self.credentials()?)?;
        let postman = postman.waiting(Duration::from_secs(self.timeout));
        runtime()?.block_on(async {
            let (mut conclusion, mut failure) = (Conclusion::Done, None);
            for file in &self.files {
                match deliver(&postman, file).await {
                    Ok(receipt) => {
                        print_json(&receipt)?;
                        if !receipt.accepts() {
                            conclusion = Conclusion::No;
                        }
                    }
                    // The other files are delivered all the same.
                    Err(error) => {
                        if let Some(earlier) = failure.replace(error) {
                            eprint_line(format_args!("{earlier}"));
                        }
                    }
                }
            }
            failure.map_or(Ok(conclusion), Err)
        })
    }

    fn send_as_router(self) -> Result<Conclusion, Failure> {
        let endpoint = read_endpoint(self.to.as_str())?;
        let seconds = u16::try_from(self.timeout).ok().and_then(Seconds::new);
        let seconds = seconds.ok_or_else(|| format!("a business system has at most {} s to answer", Seconds::MAX))?;
        let settings = RouterSettings {
            trusted_issuers: self.trust.clone(),
            answer_timeout_ms: u32::from(seconds.get()) * 1000,
            ..RouterSettings::default()
        };
        let nobody: Cvr = NOBODY.parse().map_err(|_| "a CVR number has eight digits")?;
        let (fagsystem, courier) = self.access.courier(nobody, endpoint, &settings)?;
        runtime()?.block_on(async {
            let mut conclusion = Conclusion::Done;
            for file in &self.files {
                if !deliver_as_router(&courier, nobody, &fagsystem, file).await? {
                    conclusion = Conclusion::No;
                }
            }
            Ok(conclusion)
        })
    }

    fn credentials(&self) -> Result<Credentials, Failure> {
        // Errors would print the address with the password, and the password would be sent to whoever answers there.
        if !self.to.username().is_empty() || self.to.password().is_some() {
            return Err(
                "a router's address holds no user name and no password; give the key with --api-key-file".into()
            );
        }
        let read = |file: &Option<PathBuf>| file.as_deref().map(read_whole).transpose();
        let certificate = match (read(&self.certificate)?, read(&self.key)?) {
            (Some(certificate), Some(key)) => Some([certificate, key].join(&b'\n')),
            _ => None,
        };
        let api_key = read(&self.api_key_file)?.map(|key| String::from_utf8_lossy(&key).trim().to_owned());
        Ok(Credentials { api_key, certificate, trusted: read(&self.trust)? })
    }
}

/// The authority does not matter: no rules are applied.
const NOBODY: &str = "00000000";

/// Delivers one letter to a fagsystem and prints the result. Returns whether it was accepted.
async fn deliver_as_router(
    courier: &Courier,
    authority: Cvr,
    fagsystem: &Fagsystem,
    path: &Path,
) -> Result<bool, Failure> {
    let cannot_read = |error: std::io::Error| {
        format!("cannot read {}: {error}; name a file that is there and may be read", path.display())
    };
    let file = File::open(path).await.map_err(cannot_read)?;
    let length = file.metadata().await.map_err(cannot_read)?.len();
    let letter = TrialLetter { pieces: ReaderStream::new(file).boxed(), length: Some(length) };
    let tried = courier.try_out(authority, fagsystem, letter).await;
    if let (Err(refusal), None) = (&tried.result, tried.in_chunks) {
        print_line(format_args!("{}: nothing was sent; the router itself refuses it: {refusal}", path.display()));
        return Ok(false);
    }
    let uuid = tried.message_uuid.unwrap_or_else(MessageUuid::random);
    let call = CallResult { uuid, bytes: tried.bytes, is_cut: false, tried };
    let words = words(LanguageChoice::English);
    print_line(format_args!("{} to {}", path.display(), shown_address(&fagsystem.endpoint)));
    print_line(format_args!("sent: {}", words.sent(&call)));
    print_line(format_args!("came back: {}", words.came(&call)));
    let took = call.tried.answered_in.map(|took| format!(" ({})", words.took(took))).unwrap_or_default();
    print_line(format_args!("understood: {}{took}", words.understood(&call)));
    Ok(call.is_accepted())
}

async fn deliver(postman: &Postman, path: &Path) -> Result<Receipt, Failure> {
    let cannot_read = |error: std::io::Error| {
        format!("cannot read {}: {error}; name a file that is there and may be read", path.display())
    };
    let name = message_uuid(path).await.map_err(cannot_read)?.unwrap_or_else(|| "ukendt".to_owned());
    let file = File::open(path).await.map_err(cannot_read)?;
    let length = file.metadata().await.map_err(cannot_read)?.len();
    let delivered = postman.deliver(Body::wrap_stream(ReaderStream::new(file)), length, name).await;
    delivered.map_err(|error| format!("cannot deliver {}: {error}", path.display()).into())
}

/// The message's UUID for the file name, if the header can be read. The file is read again for delivery, so that a message
/// of any size is never held in memory; whether it is valid is for the router to judge.
async fn message_uuid(path: &Path) -> std::io::Result<Option<String>> {
    let mut beginning = Vec::new();
    File::open(path).await?.take(MAX_HEADER_BYTES).read_to_end(&mut beginning).await?;
    let mut reader = Reader::new();
    let _ = reader.feed(&beginning);
    Ok(reader.header().map(|header| header.message_uuid.to_string()))
}
