//! Who calls without being one of those who may deliver.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::dice::Dice;
use super::ledger::Ledger;
use super::plan::Intrusion;
use crate::support::Memo;

/// How many intruders call at a time.
pub const INTRUDERS: usize = 6;
/// How long a intruder holds a connection at most.
const TIMEOUT: Duration = Duration::from_secs(2);
const BREAK: Duration = Duration::from_millis(20);

/// Calls in every way that must not get anybody in.
#[derive(Clone)]
pub struct Intruder {
    pub ledger: Arc<Ledger>,
    pub router: SocketAddr,
    pub is_up: watch::Receiver<bool>,
    /// The key that is wanted.
    pub key: Arc<str>,
}

impl Intruder {
    /// Goes on for as long as it is let.
    pub async fn work(mut self, intruder: usize) {
        for number in 0.. {
            self.is_up.wait_for(|is_up| *is_up).await.unwrap();
            let intrusion = Intrusion::of(self.ledger.seed, intruder, number);
            let mut dice = Dice::new(self.ledger.seed, "intrusion", &[intruder, number]);
            let heard = timeout(TIMEOUT, self.intrude(intrusion, &mut dice)).await;
            let heard = heard.map_or_else(|_| "held".to_owned(), |heard| heard.unwrap_or_else(|_| "broke".to_owned()));
            self.ledger.count(format!("intruder: {intrusion:?}: {heard}"));
            if heard == "200" {
                self.ledger.fail(format!("a intruder's message was accepted: {intrusion:?}"));
            }
            sleep(BREAK).await;
        }
    }

    /// Calls, and returns the status that comes back.
    async fn intrude(&self, intrusion: Intrusion, dice: &mut Dice) -> io::Result<String> {
        let mut stream = TcpStream::connect(self.router).await?;
        let message = Memo::new().xml();
        let host = self.router.to_string();
        let head = |host: &str, key: &str, length: usize| {
            let to = format!("POST /memo HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{key}");
            format!("{to}Content-Type: application/xml\r\nContent-Length: {length}\r\n\r\n").into_bytes()
        };
        let bytes = match intrusion {
            Intrusion::WithoutKey => [head(&host, "", message.len()), message].concat(),
            Intrusion::WrongKey => [head(&host, "X-Api-Key: 0123456789abcdef\r\n", message.len()), message].concat(),
            Intrusion::OtherHost => {
                let key = format!("X-Api-Key: {}\r\n", self.key);
                [head("ond.example", &key, message.len()), message].concat()
            }
            Intrusion::Unfinished => [head(&host, "", 1_000_000), message].concat(),
            Intrusion::Silent => Vec::new(),
            Intrusion::Junk => (0..dice.below(5_000)).map(|_| dice.throw().to_le_bytes()[0]).collect(),
            Intrusion::EndlessHeader => {
                let lines = "X-Mere: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(1 + dice.below(2_000));
                format!("POST /memo HTTP/1.1\r\nHost: {host}\r\n{lines}").into_bytes()
            }
        };
        stream.write_all(&bytes).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let text = String::from_utf8_lossy(&answer);
        Ok(text.split(' ').nth(1).map_or_else(|| "closed".to_owned(), str::to_owned))
    }
}
