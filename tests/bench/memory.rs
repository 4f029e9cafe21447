//! How far the router's memory grows by the largest message that there can be, and by many of them at once.

use std::convert::Infallible;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use futures_util::future::join_all;
use futures_util::{Stream, stream};
use postfordeler::memo::{Letter, MAX_MESSAGE_BYTES, Party, write};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Client, RequestBuilder, header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Barrier;

use crate::Measurement;

const PROGRAM: &str = env!("CARGO_BIN_EXE_postfordeler");
const AUTHORITY: &str = "66137112";
const MEBIBYTE: f64 = 1024.0 * 1024.0;
const PIECE: usize = 64 * 1024;
const AT_ONCE: usize = 32;
/// How far one message may run ahead of the others: more than the sockets on its way can hold, so that the router is in
/// the middle of all of them.
const STEP: usize = 16 * 1024 * 1024;

pub fn of_the_largest_messages() -> [Measurement; 3] {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let client = Client::builder().no_proxy().build().expect("a client");
    let home = TempDir::new().expect("a directory for the data");
    let fagsystem = Serving::start(&["fagsystem", "--listen", "127.0.0.1:0"]);
    import_configuration(home.path(), &fagsystem.url);
    let data = home.path().to_str().expect("a path that is text");
    let router = Serving::start(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
    let bare = |body: Body| client.post(&router.url).header(header::CONTENT_TYPE, "application/xml").body(body);
    let growth = |what, before, after| Measurement { what, measured: after - before, most: 16.0, unit: "MiB" };

    runtime.block_on(accepted(bare(letter().into())));
    let after_small = router.most_memory();
    let stream = stream::iter(largest_message().map(Ok::<_, Infallible>));
    runtime.block_on(accepted(bare(Body::wrap_stream(stream))));
    let after_bare = router.most_memory();
    send_from_a_file(home.path(), &router.url);
    let after_multipart = router.most_memory();
    let step = Arc::new(Barrier::new(AT_ONCE));
    runtime.block_on(join_all((0..AT_ONCE).map(|number| {
        let body = Body::wrap_stream(in_step(largest_message(), Arc::clone(&step)));
        accepted(match number % 2 {
            0 => bare(body),
            _ => client.post(&router.url).multipart(Form::new().part("file", Part::stream(body).file_name("memo"))),
        })
    })));
    [
        growth(
            "The router's memory after a message of 99.5 MiB, above that after a small one",
            after_small,
            after_bare,
        ),
        growth("The same after it came once more, as multipart/form-data", after_small, after_multipart),
        Measurement {
            what: "The router's whole memory with 32 messages of 99.5 MiB under way at once, half of them multipart",
            measured: router.most_memory(),
            most: 128.0,
            unit: "MiB",
        },
    ]
}

async fn accepted(request: RequestBuilder) {
    let answer = request.send().await.expect("an answer").bytes().await.expect("the whole answer");
    let receipt: Value = serde_json::from_slice(&answer).expect("a receipt");
    assert_eq!(receipt["receiptStatus"], "COMPLETED", "{receipt}");
}

/// The pieces of a message that waits, step by step, for the others to have come as far.
fn in_step(
    message: impl Iterator<Item = Vec<u8>>,
    step: Arc<Barrier>,
) -> impl Stream<Item = Result<Vec<u8>, Infallible>> {
    stream::unfold((message, step, 0), async |(mut message, step, given)| {
        let piece = message.next()?;
        let after = given + piece.len();
        if after / STEP > given / STEP {
            step.wait().await;
        }
        Some((Ok(piece), (message, step, after)))
    })
}

fn import_configuration(home: &Path, endpoint: &str) {
    let configuration = json!({
        "format": "postfordeler-konfiguration",
        "version": 1,
        "myndigheder": [{
            "cvr": AUTHORITY,
            "navn": "Eksempel Kommune",
            "opsamlingssystem": "esdh",
            "fagsystemer": [{"id": "esdh", "navn": "ESDH", "endpoint": endpoint}],
            "regler": [],
        }],
    });
    let file = home.join("konfiguration.json");
    fs::write(&file, configuration.to_string()).expect("the file is written");
    let imported = Command::new(PROGRAM).arg("import").arg(&file).arg("--data").arg(home).output();
    let imported = imported.expect("the program runs");
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
}

fn letter() -> Vec<u8> {
    write(&Letter::new(Party::Citizen, AUTHORITY.parse().expect("a CVR number")))
}

/// A letter filled up with base64 to the most bytes that a message may have, in pieces.
fn largest_message() -> impl Iterator<Item = Vec<u8>> {
    const CONTENT: &[u8] = b"<memo:content>";
    let letter = letter();
    let middle = memchr::memmem::find(&letter, CONTENT).expect("a letter has content") + CONTENT.len();
    let (before, after) = (letter[..middle].to_vec(), letter[middle..].to_vec());
    let most = usize::try_from(MAX_MESSAGE_BYTES).expect("it fits");
    let padding = most - letter.len();
    // "A" alone keeps base64 valid when its count is a multiple of four; spaces take up the rest.
    let whole = padding / 4 * 4;
    let pieces = (0..whole).step_by(PIECE).map(move |start| vec![b'A'; PIECE.min(whole - start)]);
    let rest = vec![b' '; padding - whole];
    std::iter::once(before).chain([rest]).chain(pieces).chain([after])
}

fn send_from_a_file(home: &Path, router: &str) {
    let path = home.join("stor.xml");
    let mut file = File::create(&path).expect("the file is made");
    largest_message().for_each(|piece| file.write_all(&piece).expect("the file is written"));
    assert_eq!(file.metadata().expect("the file is there").len(), MAX_MESSAGE_BYTES);
    let sent = Command::new(PROGRAM).arg("send").arg(&path).args(["--to", router]).output().expect("the program runs");
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stdout));
}

/// A subcommand that serves until it is killed.
struct Serving {
    process: Child,
    url: String,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        let mut process =
            command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut line = String::new();
        let output = process.stdout.take().expect("it was asked for");
        BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        let url = line.trim().strip_prefix("Receiving at ").expect("it says where it listens").to_owned();
        Self { process, url }
    }

    /// The most memory that it has used so far, in MiB.
    fn most_memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("the process lives");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells it");
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kibibytes * 1024.0 / MEBIBYTE
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
