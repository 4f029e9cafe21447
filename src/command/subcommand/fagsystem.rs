use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use std::{fs, thread};

use axum::http::{HeaderValue, StatusCode};
use clap::Args;

use crate::command::access_flags::read_header_value;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::input::open;
use crate::command::process::{EndSignals, runtime};
use crate::command::terminal::{eprint_line, print_line};
use crate::router::PracticePort;
use crate::rules::HeaderName;
use crate::store::{CertificateChoice, DataPlace};
use crate::training::{LetterLine, Practice, PracticeAnswer, PracticeError, PracticeFagsystem};

/// The most lines about letters that wait to be printed; further ones are dropped.
const MAX_QUEUED_LINES: usize = 1000;
/// The time limit for printing the last lines, since the reader may have stopped.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);
/// The largest file for `--body`, in bytes.
const MAX_BODY_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Args)]
pub(in crate::command) struct FagsystemArgs {
    /// Where to take messages (port 0: any free port)
    #[arg(long, value_name = "ADDR")]
    listen: SocketAddr,
    /// How to answer: accept, reject, unavailable or slow:<milliseconds> [default: accept]
    #[arg(long)]
    answer: Option<PracticeAnswer>,
    /// The HTTP status to answer a whole message with, whatever the answer (without --answer and --body: with an empty
    /// body)
    #[arg(long, value_name = "CODE", value_parser = read_status)]
    status: Option<StatusCode>,
    /// The body to answer a whole message with, in place of a receipt: a file, or the text itself; {messageUUID} in it
    /// becomes the message's
    #[arg(long, value_name = "FILE or TEXT")]
    body: Option<String>,
    /// The answer's Content-Type [default: JSON or plain text, as the body is]
    #[arg(long, value_name = "TYPE")]
    content_type: Option<HeaderValue>,
    /// Store each message received in that directory, as <messageUUID>.xml; nobody but you may look into it from then on
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// The certificate for TLS, and those that issued it (PEM)
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// The certificate's private key (PEM, not encrypted)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// Use a certificate for TLS that the program makes itself and keeps in the data directory
    #[arg(long, conflicts_with = "certificate")]
    self_signed: bool,
    /// Certificates (PEM) that issue client certificates; callers must then show one of theirs
    #[arg(long, value_name = "FILE")]
    client_issuers: Option<PathBuf>,
    /// The header in which callers must show the value of --secret-file
    #[arg(long, value_name = "NAME", requires = "secret_file")]
    api_key_header: Option<HeaderName>,
    /// A file that holds the header's value
    #[arg(long, value_name = "FILE", requires = "api_key_header")]
    secret_file: Option<PathBuf>,
}

impl FagsystemArgs {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let (lines, printed) = print_lines();
        let practice = self.practice(lines)?;
        let certificate = match (self.certificate.clone().zip(self.key.clone()), self.self_signed) {
            (Some((certificate, key)), _) => CertificateChoice::Pem { certificate, key },
            (None, true) => CertificateChoice::SelfSigned,
            (None, false) => CertificateChoice::None,
        };
        if certificate == CertificateChoice::None && self.client_issuers.is_some() {
            return Err(
                "client certificates are shown in TLS only; give --certificate and --key, or --self-signed".into()
            );
        }
        runtime()?.block_on(async {
            let mut signals = EndSignals::listen()?;
            let open = || PracticePort::open(self.listen, &certificate, self.client_issuers.as_deref(), data);
            let started = PracticeFagsystem::start_at(open, practice).await;
            let fagsystem = started.map_err(|error| match error {
                PracticeError::Directory(error) => {
                    format!("cannot receive at {}: {error}; choose another directory for the messages", self.listen)
                }
                PracticeError::Port(error) => error.to_string(),
            })?;
            if let Some(directory) = self.keep.filter(|_| fagsystem.has_closed_directory()) {
                let directory = directory.display();
                eprint_line(format_args!("others could look into {directory}: now its owner alone can (mode 0700)"));
            }
            let scheme = if fagsystem.certificate().is_some() { "https" } else { "http" };
            print_line(format_args!("Receiving at {scheme}://{}/postmodtag", fagsystem.address()));
            if let Some(certificate) = fagsystem.certificate() {
                let (source, until) = (certificate.source.display(), certificate.valid_until);
                print_line(format_args!(
                    "Certificate {source}, valid until {until}, SHA-256 {}",
                    certificate.fingerprint
                ));
            }
            signals.next().await;
            tokio::select! {
                () = fagsystem.stop() => {
                    let _ = printed.recv_timeout(FLUSH_TIMEOUT);
                }
                () = signals.next() => {}
            }
            Ok(Conclusion::Done)
        })
    }

    fn practice(&self, lines: SyncSender<String>) -> Result<Practice, Failure> {
        let wanted_header = match (&self.api_key_header, &self.secret_file) {
            (Some(name), Some(file)) => Some((name.clone(), read_header_value(file)?)),
            _ => None,
        };
        let print = move |line: &LetterLine| {
            // A full queue drops the line: letters never wait for the reader of the lines.
            let _ = lines.try_send(line.to_string());
        };
        Ok(Practice {
            answer: self.answer,
            status: self.status,
            body: self.body.as_deref().map(read_body).transpose()?,
            content_type: self.content_type.clone(),
            keep: self.keep.clone(),
            wanted_header,
            wants_certificate: self.client_issuers.is_some(),
            listener: Some(Arc::new(print)),
        })
    }
}

/// Prints lines sent to the first channel; the second one closes when the last has been printed.
fn print_lines() -> (SyncSender<String>, Receiver<()>) {
    let (lines, waiting) = sync_channel::<String>(MAX_QUEUED_LINES);
    let (printing, printed) = sync_channel(0);
    thread::spawn(move || {
        for line in waiting {
            print_line(format_args!("{line}"));
        }
        drop(printing);
    });
    (lines, printed)
}

fn read_status(text: &str) -> Result<StatusCode, &'static str> {
    let status = text.parse().ok().filter(|status: &StatusCode| (200..=599).contains(&status.as_u16()));
    status.ok_or("an HTTP status to answer with is a number from 200 to 599")
}

/// The content of the file with that name, if there is one, else the text itself.
fn read_body(text: &str) -> Result<Vec<u8>, Failure> {
    let path = Path::new(text);
    if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return Ok(text.as_bytes().to_vec());
    }
    let mut body = Vec::new();
    let read = open(path)?.take(MAX_BODY_BYTES + 1).read_to_end(&mut body);
    read.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    if body.len() as u64 > MAX_BODY_BYTES {
        return Err(format!("{} is too long to answer with: at most 1 MiB", path.display()).into());
    }
    Ok(body)
}
