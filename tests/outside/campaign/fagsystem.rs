use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::dice::Dice;
use super::ledger::Ledger;
use super::letter::Letter;
use super::plan::{Conduct, Moment, Nature, Welcome};
use super::saying::Said;
use crate::support::header;

/// So small that a large message does not fit into the sockets.
const RECEIVE_BUFFER: u32 = 16 * 1024;

/// A fagsystem that misbehaves as planned. What it has stored it answers as accepted when it comes again, unless its plan is
/// to fail.
#[derive(Clone)]
pub struct Fagsystem {
    number: usize,
    nature: Nature,
    ledger: Arc<Ledger>,
    /// How long the router waits for it.
    patience: Duration,
}

/// What becomes of a connection after a request.
#[derive(PartialEq, Eq)]
enum Then {
    Listen,
    Close,
    Reset,
}

impl Fagsystem {
    /// Starts one that receives until told to stop.
    pub fn start(
        number: usize,
        ledger: &Arc<Ledger>,
        patience: Duration,
        stop: CancellationToken,
        tasks: &TaskTracker,
    ) -> SocketAddr {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(RECEIVE_BUFFER).unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let listener = socket.listen(1024).unwrap();
        let address = listener.local_addr().unwrap();
        let fagsystem = Arc::new(Self { number, nature: Nature::of(number), ledger: Arc::clone(ledger), patience });
        let connections = tasks.clone();
        tasks.spawn(async move { stop.run_until_cancelled(fagsystem.receive(listener, &connections)).await });
        address
    }

    async fn receive(self: Arc<Self>, listener: TcpListener, tasks: &TaskTracker) {
        let mut connections = 0..;
        while let (Ok((stream, _)), Some(connection)) = (listener.accept().await, connections.next()) {
            let welcome = Welcome::of(self.ledger.seed, self.number, connection);
            let nature = Nature::behind(self.ledger.seed, self.number, connection);
            let fagsystem = Self { nature, ..Self::clone(&self) };
            tasks.spawn(async move { fagsystem.attend(stream, welcome).await });
        }
    }

    async fn attend(&self, stream: TcpStream, welcome: Welcome) {
        if welcome != Welcome::Listens {
            self.ledger.count(format!("connection: {welcome:?}"));
        }
        let mut stream = BufReader::new(stream);
        let then = if welcome == Welcome::Resets {
            Then::Reset
        } else {
            loop {
                match self.take(&mut stream, welcome).await {
                    Ok(Then::Listen) => {}
                    Ok(then) => break then,
                    Err(_) => break Then::Close,
                }
            }
        };
        if then == Then::Reset {
            let _ = stream.get_ref().set_zero_linger();
        }
    }

    /// Takes one request and does with it as planned. An error means that the router hung up.
    async fn take(&self, stream: &mut BufReader<TcpStream>, welcome: Welcome) -> io::Result<Then> {
        let Some(head) = take_head(stream).await? else { return Ok(Then::Close) };
        if welcome == Welcome::ResetsAfterTheHead {
            return Ok(Then::Reset);
        }
        if header(&head, "content-length").is_none() && self.nature != Nature::Modern {
            return self.take_no_chunks(stream).await;
        }
        let mut body = Body::begin(&head);
        let letter = loop {
            match self.letter_in(&body.bytes) {
                Some(Ok(letter)) => break letter,
                Some(Err(uuid)) => {
                    self.ledger.fail(format!("a intruder's message, {uuid}, came to fagsystem {}", self.number));
                    return Ok(Then::Close);
                }
                None => body.take_more(stream).await?,
            }
        };
        let ledger = &self.ledger;
        let first = ledger.first_of(letter);
        // One that nobody may ever get counts as soon as it begins to come.
        ledger.change(letter, |record| record.arrivals += 1);
        let arrival = ledger.count_arrival(first);
        let mut conduct = Conduct::of(ledger.seed, first, arrival);
        let has_it = || ledger.record(letter).keepers.contains(&self.number);
        if matches!(conduct, Conduct::Rejects | Conduct::RefusesTheCall(_)) && has_it() {
            conduct = Conduct::Accepts;
        }
        if conduct == Conduct::SaysYesAndLeaves && !ledger.letters[letter].is_huge() {
            conduct = Conduct::Accepts;
        }
        ledger.count(format!("fagsystem: {conduct:?}"));
        let mut dice = Dice::new(ledger.seed, "answer", &[first, arrival]);
        match conduct {
            Conduct::ClosesWithin => return Ok(Then::Close),
            Conduct::ResetsWithin => return Ok(Then::Reset),
            Conduct::StallsWithin => sleep(self.patience * 3 / 2).await,
            Conduct::SaysYesAndLeaves => {
                self.say(stream, &Said::plain(200, "")).await?;
                // Not before the router can have heard it.
                sleep(self.patience / 20).await;
                return Ok(Then::Close);
            }
            Conduct::AcceptsEarly => self.say(stream, &Said::plain(200, "")).await?,
            _ => {}
        }
        while !body.is_whole() {
            body.take_more(stream).await?;
        }
        if ledger.letters[letter].xml() != body.bytes {
            ledger.fail(format!("letter {letter} came to fagsystem {} otherwise than it was sent", self.number));
        }
        ledger.change(letter, |record| record.whole[self.number] += 1);
        ledger.reach(Moment::Taken);
        match conduct {
            Conduct::SaysNothing { .. } => while stream.read(&mut [0]).await.is_ok_and(|count| count > 0) {},
            Conduct::AcceptsLate => sleep(self.patience / (4 + u32::try_from(dice.below(20)).unwrap())).await,
            _ => {}
        }
        if conduct.keeps() {
            ledger.keep(letter, self.number);
        }
        ledger.change(letter, |record| {
            record.rejections += usize::from(conduct == Conduct::Rejects);
            record.unclear += usize::from(matches!(conduct, Conduct::AnswersNonsense | Conduct::AnswersInPart));
        });
        let then = self.answer(stream, letter, conduct, &mut dice).await?;
        // A server of that age closes after each answer.
        Ok(if self.nature == Nature::Old && then == Then::Listen { Then::Close } else { then })
    }

    /// Treats a message in chunks as a server that cannot read chunks: it accepts an empty body, or demands a length.
    async fn take_no_chunks(&self, stream: &mut BufReader<TcpStream>) -> io::Result<Then> {
        let status = if self.nature == Nature::RefusesChunks { 411 } else { 200 };
        self.ledger.count(format!("fagsystem: reads no chunks ({:?}) and says {status}", self.nature));
        self.say(stream, &Said::plain(status, "")).await?;
        // What comes all the same is thrown away, so that the answer is heard.
        stream.get_mut().shutdown().await?;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        Ok(Then::Close)
    }

    async fn answer(
        &self,
        stream: &mut BufReader<TcpStream>,
        letter: usize,
        conduct: Conduct,
        dice: &mut Dice,
    ) -> io::Result<Then> {
        let said = match conduct {
            Conduct::Accepts | Conduct::AcceptsLate | Conduct::AcceptsAndCloses | Conduct::StallsWithin => {
                Said::acceptance(dice, &self.ledger.letters[letter].uuid)
            }
            Conduct::NotNow(status) => Said::plain(status, r#"{"errorCode":"senere"}"#),
            Conduct::Rejects => Said::rejection(dice),
            Conduct::RefusesTheCall(status) => Said::complaint(dice, status),
            Conduct::AnswersNonsense => {
                Said::plain(200, dice.one_of(&["<html>Tak</html>", "[]", r#"{"receiptStatus":"#, "Tak for brevet"]))
            }
            Conduct::Gateway { status, .. } => Said::plain(status, "<html>Bad gateway</html>"),
            Conduct::AnswersInPart => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"receiptStatus\"").await?;
                return Ok(Then::Close);
            }
            Conduct::AcceptsEarly | Conduct::SaysYesAndLeaves => return Ok(Then::Listen),
            Conduct::ResetsInstead { .. } => return Ok(Then::Reset),
            Conduct::SaysNothing { .. } | Conduct::ClosesWithin | Conduct::ResetsWithin => return Ok(Then::Close),
        };
        self.say(stream, &said).await?;
        if conduct.keeps() {
            self.ledger.reach(Moment::Answered);
        }
        Ok(if conduct == Conduct::AcceptsAndCloses { Then::Close } else { Then::Listen })
    }

    async fn say(&self, stream: &mut BufReader<TcpStream>, said: &Said) -> io::Result<()> {
        let version = if self.nature == Nature::Old { "1.0" } else { "1.1" };
        let (status, headers, length) = (said.status, &said.headers, said.words.len());
        let head = format!("HTTP/{version} {status} Svar\r\n{headers}Content-Length: {length}\r\n\r\n");
        stream.write_all(&[head.as_bytes(), &said.words].concat()).await
    }

    /// Which letter begins so, or the UUID of one that is none of the campaign's; `None` while that cannot be seen.
    fn letter_in(&self, beginning: &[u8]) -> Option<Result<usize, String>> {
        let (uuid, reuse) = Letter::told_by(beginning)?;
        Some(self.ledger.number_of(uuid, reuse).ok_or_else(|| uuid.to_owned()))
    }
}

async fn take_head(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(head))
}

/// A request's body as it comes.
struct Body {
    bytes: Vec<u8>,
    left: Left,
}

enum Left {
    Bytes(usize),
    Chunks,
    Nothing,
}

impl Body {
    fn begin(head: &str) -> Self {
        let length = header(head, "content-length").map(|length| length.parse().unwrap());
        Self { bytes: Vec::new(), left: length.map_or(Left::Chunks, Left::Bytes) }
    }

    fn is_whole(&self) -> bool {
        matches!(self.left, Left::Nothing | Left::Bytes(0))
    }

    async fn take_more(&mut self, stream: &mut BufReader<TcpStream>) -> io::Result<()> {
        match self.left {
            Left::Bytes(left) => {
                let piece = stream.fill_buf().await?;
                if piece.is_empty() {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                let count = piece.len().min(left);
                self.bytes.extend_from_slice(&piece[..count]);
                stream.consume(count);
                self.left = Left::Bytes(left - count);
            }
            Left::Chunks => {
                let mut line = String::new();
                stream.read_line(&mut line).await?;
                let broken = || io::Error::from(io::ErrorKind::UnexpectedEof);
                let length = usize::from_str_radix(line.trim_end(), 16).map_err(|_| broken())?;
                let begun = self.bytes.len();
                self.bytes.resize(begun + length, 0);
                stream.read_exact(&mut self.bytes[begun..]).await?;
                stream.read_exact(&mut [0; 2]).await?;
                if length == 0 {
                    self.left = Left::Nothing;
                }
            }
            Left::Nothing => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        Ok(())
    }
}
