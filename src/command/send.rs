use std::path::{Path, PathBuf};

use clap::Args;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Client, Url};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use super::{Conclusion, Failure, runtime};
use crate::memo::{MAX_HEADER_BYTES, Reader};
use crate::router::Receipt;

#[derive(Debug, Args)]
pub(super) struct Send {
    /// The messages (MeMo XML)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The router's address, such as <http://127.0.0.1:8606/memo>; without a path, /memo is meant
    #[arg(long, value_name = "URL")]
    to: Url,
}

impl Send {
    pub fn run(mut self) -> Result<Conclusion, Failure> {
        if self.to.path() == "/" {
            self.to.set_path("/memo");
        }
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().build()?;
        runtime()?.block_on(async {
            let mut conclusion = Conclusion::Done;
            for file in &self.files {
                let receipt = self.deliver(&client, file).await?;
                println!("{}", serde_json::to_string(&receipt)?);
                if receipt.error_code.is_some() {
                    conclusion = Conclusion::No;
                }
            }
            Ok(conclusion)
        })
    }

    /// Sends a message in the shape of Digital Post's REST push: the part `file`, named with the bare message UUID.
    async fn deliver(&self, client: &Client, path: &Path) -> Result<Receipt, Failure> {
        let cannot_read = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
        let name = message_uuid(path).await.map_err(cannot_read)?.unwrap_or_else(|| "ukendt".to_owned());
        let file = File::open(path).await.map_err(cannot_read)?;
        let length = file.metadata().await.map_err(cannot_read)?.len();
        let part = Part::stream_with_length(Body::wrap_stream(ReaderStream::new(file)), length);
        let form = Form::new().part("file", part.file_name(name).mime_str("application/xml")?);
        let sent = client.post(self.to.clone()).multipart(form).send().await;
        let response = sent.map_err(|error| {
            let reason = if error.is_connect() { "nobody answers there" } else { "the connection broke" };
            format!("cannot deliver {} to {}: {reason}", path.display(), self.to)
        })?;
        let status = response.status();
        let receipt = response.json().await;
        receipt.map_err(|_| format!("{} is no router: it answered with {status} and no receipt", self.to).into())
    }
}

/// The message's UUID, when its header can be read; the router is left to judge what it cannot.
async fn message_uuid(path: &Path) -> std::io::Result<Option<String>> {
    let mut beginning = Vec::new();
    File::open(path).await?.take(MAX_HEADER_BYTES).read_to_end(&mut beginning).await?;
    let mut reader = Reader::new();
    let _ = reader.feed(&beginning);
    Ok(reader.header().map(|header| header.message_uuid.to_string()))
}
