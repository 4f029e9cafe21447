use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use reqwest::{Certificate, Client, Response, StatusCode, Url, redirect};
use serde::Deserialize;
use tokio::time::timeout;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::input::read_whole;
use crate::command::parse::read_router_url;
use crate::command::process::runtime;
use crate::command::terminal::print_line;

#[derive(Debug, Args)]
pub(in crate::command) struct Health {
    /// The address of the router, or of its metrics, which need neither TLS nor a key
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8606", value_parser = read_router_url)]
    url: Url,
    /// Certificates (PEM) to trust instead of the system's, such as the router's self-signed one
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// How many seconds to wait for the answer
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=MAX_SECONDS))]
    timeout: u64,
}

const MAX_SECONDS: u64 = 300;
/// The most bytes of an answer that are read; a router's has less than a thousand.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// What a router answers.
#[derive(Debug, Deserialize)]
struct Answer {
    klar: bool,
    #[serde(default)]
    udgivelse: Option<u64>,
    #[serde(default)]
    grund: Option<String>,
}

impl Health {
    /// Asks a router whether it can take messages, and says so in a line.
    pub fn run(self) -> Result<Conclusion, Failure> {
        // Errors would print the address with the password, and the password would be sent to whoever answers there.
        if !self.url.username().is_empty() || self.url.password().is_some() {
            return Err(
                "a router's address holds no user name and no password; it says how it is to whoever asks".into()
            );
        }
        let client = self.client()?;
        let mut url = self.url.clone();
        url.set_path("/sundhed");
        url.set_query(None);
        let asking = async {
            let response = client.get(url.clone()).send().await?;
            Ok::<_, reqwest::Error>((response.status(), limited_body(response).await?))
        };
        let limit = Duration::from_secs(self.timeout);
        let asked = runtime()?.block_on(async { timeout(limit, asking).await });
        let asked = asked.map_err(|_| format!("no answer from {url} within {} s", limit.as_secs()))?;
        let (status, body) = asked.map_err(|error| format!("no answer from {url}: {}", innermost(&error)))?;
        let answer: Option<Answer> = serde_json::from_slice(&body).ok();
        match answer {
            Some(Answer { klar: true, udgivelse, .. }) if status == StatusCode::OK => {
                let publication = udgivelse.map(|number| format!(", by publication {number}")).unwrap_or_default();
                print_line(format_args!("ready: the router takes messages{publication}"));
                Ok(Conclusion::Done)
            }
            Some(Answer { klar: false, grund, .. }) => {
                let reason = grund.unwrap_or_else(|| "the router does not say why".to_owned());
                print_line(format_args!("not ready: {reason}"));
                Ok(Conclusion::No)
            }
            _ => {
                Err(format!("{url} is no router's: it answered with {status}; name a router's address with --url")
                    .into())
            }
        }
    }

    fn client(&self) -> Result<Client, Failure> {
        // An error means that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder().no_proxy().redirect(redirect::Policy::none());
        if let Some(file) = &self.trust {
            let none = || format!("{} holds no certificate in PEM form", file.display());
            let certificates = Certificate::from_pem_bundle(&read_whole(file)?).map_err(|_| none())?;
            if certificates.is_empty() {
                return Err(none().into());
            }
            client = client.tls_certs_only(certificates);
        }
        client.build().map_err(|error| format!("cannot ask: {}", innermost(&error)).into())
    }
}

/// The beginning of an answer.
async fn limited_body(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = MAX_ANSWER_BYTES - body.len();
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        if body.len() == MAX_ANSWER_BYTES {
            break;
        }
    }
    Ok(body)
}

/// The cause behind all others, which alone says what happened.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
