use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use reqwest::{Body, Url};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use super::{Conclusion, Failure, complain, open, runtime, tell_json};
use crate::memo::{MAX_HEADER_BYTES, Reader};
use crate::router::Receipt;
use crate::training::{Credentials, Postman};

#[derive(Debug, Args)]
pub(super) struct Send {
    /// The messages (MeMo XML)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The router's address, such as <http://127.0.0.1:8606/memo>; without a path, /memo is meant
    #[arg(long, value_name = "URL", value_parser = read_url)]
    to: Url,
    /// A file that holds the API key which the router wants
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,
    /// Certificates (PEM) to trust instead of the system's, such as the router's self-signed one
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// A client certificate to show (PEM)
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// The client certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// How many seconds to wait for each receipt, besides the time that a slow line takes for the message
    #[arg(long, value_name = "SECONDS", default_value_t = Postman::PATIENCE.as_secs())]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=LONGEST_TIMEOUT))]
    timeout: u64,
}

/// Two hours: longer than any fagsystem may have to answer.
const LONGEST_TIMEOUT: u64 = 7200;

impl Send {
    pub fn run(self) -> Result<Conclusion, Failure> {
        let postman = Postman::with(self.to.clone(), &self.credentials()?)?;
        let postman = postman.waiting(Duration::from_secs(self.timeout));
        runtime()?.block_on(async {
            let (mut conclusion, mut failure) = (Conclusion::Done, None);
            for file in &self.files {
                match deliver(&postman, file).await {
                    Ok(receipt) => {
                        tell_json(&receipt)?;
                        if !receipt.accepts() {
                            conclusion = Conclusion::No;
                        }
                    }
                    // The other files are delivered all the same.
                    Err(error) => {
                        if let Some(earlier) = failure.replace(error) {
                            complain(format_args!("{earlier}"));
                        }
                    }
                }
            }
            failure.map_or(Ok(conclusion), Err)
        })
    }

    fn credentials(&self) -> Result<Credentials, Failure> {
        // Its words would be printed with the address, and the password be sent to whoever answers there.
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

fn read_whole(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(bytes)
}

fn read_url(text: &str) -> Result<Url, &'static str> {
    let url = text.parse().ok().filter(|url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or("a router's address begins with http:// or https://")
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

/// The message's UUID, when its header can be read; the router is left to judge what it cannot.
async fn message_uuid(path: &Path) -> std::io::Result<Option<String>> {
    let mut beginning = Vec::new();
    File::open(path).await?.take(MAX_HEADER_BYTES).read_to_end(&mut beginning).await?;
    let mut reader = Reader::new();
    let _ = reader.feed(&beginning);
    Ok(reader.header().map(|header| header.message_uuid.to_string()))
}
