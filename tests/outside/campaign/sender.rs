use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::ledger::Ledger;
use super::letter::Reuse;
use super::plan::{Manner, Moment, Try, Way};
use crate::support::{Answer, Form, TIMEOUT};

/// The sender waits no longer than this before it sends again, whatever the router asks of it.
const RETRY_AFTER: Duration = Duration::from_millis(10);
/// Far more than a message ever needs: faults end after some tries, and paused fagsystems are resumed.
const MAX_TRIES: usize = 3_000;
/// The error code of an answer to a message that was not even read.
pub const BUSY: &str = "router.optaget";
/// The error code where another message had the UUID before.
pub const REUSED: &str = "memo.genbrugt";
const CHUNK: usize = 7_000;

/// Sends letters as Digital Post does: each again and again until it is accepted.
#[derive(Clone)]
pub struct Sender {
    pub ledger: Arc<Ledger>,
    pub router: SocketAddr,
    /// Whether the router runs; `false` before it is killed, `true` when it has been started again.
    pub is_up: watch::Receiver<bool>,
    /// By which the router knows it.
    pub key: Arc<str>,
}

/// How a try ended.
enum Ended {
    /// With an answer that was read whole: the HTTP status and the error code.
    Answered(u16, Option<String>),
    /// The sender hung up itself.
    HungUp,
    /// No connection, or it broke.
    Lost,
}

impl Ended {
    fn is_accepted(&self) -> bool {
        matches!(self, Self::Answered(200, _))
    }

    fn is_reused(&self) -> bool {
        matches!(self, Self::Answered(_, Some(code)) if code == REUSED)
    }
}

impl Sender {
    /// Takes letters from the queue until it is empty.
    pub async fn work(mut self, queue: Arc<AtomicUsize>) {
        loop {
            let letter = queue.fetch_add(1, Ordering::Relaxed);
            if letter >= self.ledger.messages {
                return;
            }
            self.deliver(letter).await;
        }
    }

    /// Sends a letter until it is accepted, and the others with its UUID: one as soon as a fagsystem may have the first,
    /// each when the first is accepted.
    async fn deliver(&mut self, letter: usize) {
        let others = self.ledger.others_of(letter);
        let mut early = others.first().copied();
        for attempt in 0..MAX_TRIES {
            let plan = Try::of(self.ledger.seed, letter, attempt);
            let has_come = self.ledger.record(letter).whole.iter().any(|count| *count > 0);
            let other = early.take_if(|_| has_come);
            self.is_up.wait_for(|is_up| *is_up).await.unwrap();
            let ended = match other {
                Some(other) => tokio::join!(self.send(letter, plan), self.send(other, plan.patiently())).0,
                None if plan.manner == Manner::Twice => {
                    let (one, other) = tokio::join!(self.send(letter, plan), self.send(letter, plan));
                    if one.is_accepted() { one } else { other }
                }
                None => self.send(letter, plan).await,
            };
            if ended.is_accepted() {
                self.ledger.accepted.send_modify(|count| *count += 1);
                self.ledger.reach(Moment::Told);
                for other in others {
                    self.deliver_reused(other).await;
                }
                return;
            }
            pause(attempt).await;
        }
        self.ledger.accepted.send_modify(|count| *count += 1);
        self.ledger.fail(format!("letter {letter} is never accepted: {:?}", self.ledger.record(letter)));
    }

    /// Sends another letter with the UUID of one that was accepted, until it is settled what becomes of it.
    async fn deliver_reused(&mut self, letter: usize) {
        for attempt in 0..MAX_TRIES {
            self.is_up.wait_for(|is_up| *is_up).await.unwrap();
            let ended = self.send(letter, Try::of(self.ledger.seed, letter, attempt).patiently()).await;
            if ended.is_accepted() || ended.is_reused() {
                return;
            }
            pause(attempt).await;
        }
        self.ledger.fail(format!("what becomes of letter {letter} is never told: {:?}", self.ledger.record(letter)));
    }

    /// Sends a letter once more that was accepted, until it is so again.
    pub async fn send_again(&mut self, letter: usize) {
        for attempt in 0..MAX_TRIES {
            self.is_up.wait_for(|is_up| *is_up).await.unwrap();
            let plan = Try::of(self.ledger.seed, letter, attempt).patiently();
            if self.send(letter, plan).await.is_accepted() {
                self.ledger.count("sent again after it was accepted");
                return;
            }
            pause(attempt).await;
        }
        self.ledger.fail(format!("letter {letter} was accepted, and never is when it comes again"));
    }

    /// Sends it once, and says how that ended.
    async fn send(&self, letter: usize, plan: Try) -> Ended {
        self.ledger.change(letter, |record| record.tries += 1);
        let trying = timeout(TIMEOUT, self.call(letter, plan)).await;
        let ended = trying.unwrap_or_else(|_| panic!("the router does not answer letter {letter}"));
        let ended = ended.unwrap_or(Ended::Lost);
        let whose = match self.ledger.letters[letter].reuse {
            None => "answer",
            Some(Reuse::OtherFacts) => "answer to a reused UUID with other facts",
            Some(_) => "answer to a reused UUID with the same facts",
        };
        self.ledger.count(match &ended {
            Ended::Answered(status, code) => format!("{whose}: {status} {}", code.as_deref().unwrap_or("-")),
            Ended::HungUp => format!("{whose}: none, the sender hung up ({:?})", plan.manner),
            Ended::Lost => format!("{whose}: none, the connection failed or broke"),
        });
        if let Ended::Answered(status, code) = &ended {
            self.ledger.change(letter, |record| record.answers.push((*status, code.clone())));
        }
        self.ledger.tries.send_modify(|count| *count += 1);
        ended
    }

    async fn call(&self, letter: usize, plan: Try) -> io::Result<Ended> {
        let (head, body) = self.request(letter, plan);
        let mut stream = TcpStream::connect(self.router).await?;
        stream.set_nodelay(true)?;
        stream.write_all(head.as_bytes()).await?;
        if plan.manner == Manner::HangsUpWithin {
            // The last byte never comes.
            stream.write_all(&body[..(body.len() - 1) * plan.percent / 100]).await?;
            return Ok(Ended::HungUp);
        }
        let (one_half, other_half) = body.split_at(body.len() / 2);
        stream.write_all(one_half).await?;
        self.ledger.reach(Moment::HalfSent);
        stream.write_all(other_half).await?;
        if plan.manner == Manner::HangsUpAfter {
            // Now at once, now when the answer begins to come.
            if plan.percent < 50 {
                let _ = stream.read(&mut [0]).await;
            }
            return Ok(Ended::HungUp);
        }
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(whole(answer).map_or(Ended::Lost, |answer| self.understand(letter, &answer)))
    }

    /// The head and the body of the call.
    fn request(&self, letter: usize, plan: Try) -> (String, Vec<u8>) {
        let xml = self.ledger.letters[letter].xml();
        let (content_type, content) = match plan.way {
            Way::WithLength | Way::Chunked => ("application/xml".to_owned(), xml),
            Way::Form => (Form::content_type(), Form::default().file("x", &xml).end()),
        };
        let (length, body) = if plan.way == Way::Chunked {
            let mut body = Vec::new();
            for chunk in content.chunks(CHUNK) {
                body.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                body.extend_from_slice(chunk);
                body.extend_from_slice(b"\r\n");
            }
            body.extend_from_slice(b"0\r\n\r\n");
            ("Transfer-Encoding: chunked".to_owned(), body)
        } else {
            (format!("Content-Length: {}", content.len()), content)
        };
        let to = format!("POST /memo HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.router);
        let key = format!("Authorization: Bearer {}\r\n", self.key);
        (format!("{to}{key}Content-Type: {content_type}\r\n{length}\r\n\r\n"), body)
    }

    fn understand(&self, letter: usize, answer: &Answer) -> Ended {
        let receipt = answer.json();
        let uuid = &self.ledger.letters[letter].uuid;
        let code = receipt["errorCode"].as_str().map(str::to_owned);
        // What the router has no time for it does not read.
        let is_unread = receipt["messageUUID"].is_null() && code.as_deref() == Some(BUSY);
        if receipt["messageUUID"] != uuid.as_str() && !is_unread {
            self.ledger.fail(format!("letter {letter} was answered for another one: {receipt}"));
        }
        let is_completed = receipt["receiptStatus"] == "COMPLETED" && code.is_none();
        if is_completed != (answer.status() == 200) {
            self.ledger.fail(format!("letter {letter}: status {} with {receipt}", answer.status()));
        }
        Ended::Answered(answer.status(), code)
    }
}

/// Waits longer when it has tried long: the letter may have to wait for rules that are yet to be published.
async fn pause(attempt: usize) {
    sleep(RETRY_AFTER * u32::try_from(1 + attempt / 20).unwrap().min(5)).await;
}

/// The answer, when all of it has come.
fn whole(bytes: Vec<u8>) -> Option<Answer> {
    let text = String::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let answer = Answer { head: format!("{head}\r\n\r\n"), body: body.to_owned() };
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    (length == Some(answer.body.len())).then_some(answer)
}
