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
use super::plan::{Conduct, Moment, Welcome};
use crate::support::header;

/// So small that a large message does not fit into the sockets.
const RECEIVE_BUFFER: u32 = 16 * 1024;

/// A fagsystem that misbehaves as planned. What it has kept it answers as accepted when it comes again, unless its plan
/// is to fail.
pub struct Fagsystem {
    number: usize,
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
        let fagsystem = Arc::new(Self { number, ledger: Arc::clone(ledger), patience });
        let connections = tasks.clone();
        tasks.spawn(async move { stop.run_until_cancelled(fagsystem.receive(listener, &connections)).await });
        address
    }

    async fn receive(self: Arc<Self>, listener: TcpListener, tasks: &TaskTracker) {
        let mut connections = 0..;
        while let (Ok((stream, _)), Some(connection)) = (listener.accept().await, connections.next()) {
            let welcome = Welcome::of(self.ledger.seed, self.number, connection);
            let fagsystem = Arc::clone(&self);
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
        let mut body = Body::begin(&head);
        let letter = loop {
            if let Some(letter) = self.letter_in(&body.bytes) {
                break letter;
            }
            body.take_more(stream).await?;
        };
        let ledger = &self.ledger;
        let arrival = ledger.change(letter, |record| {
            record.arrivals += 1;
            record.arrivals - 1
        });
        let mut conduct = Conduct::of(ledger.seed, letter, arrival);
        let has_it = || ledger.record(letter).keepers.contains(&self.number);
        if conduct == Conduct::Rejects && has_it() {
            conduct = Conduct::Accepts;
        }
        ledger.count(format!("fagsystem: {conduct:?}"));
        let mut dice = Dice::new(ledger.seed, "answer", &[letter, arrival]);
        match conduct {
            Conduct::ClosesWithin => return Ok(Then::Close),
            Conduct::ResetsWithin => return Ok(Then::Reset),
            Conduct::StallsWithin => sleep(self.patience * 3 / 2).await,
            Conduct::AcceptsEarly => answer(stream, 200, "").await?,
            _ => {}
        }
        while !body.is_whole() {
            body.take_more(stream).await?;
        }
        let is_as_sent = [false, true].iter().any(|case| ledger.letters[letter].xml(*case) == body.bytes);
        if !is_as_sent {
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
        self.answer(stream, conduct, &mut dice).await
    }

    async fn answer(&self, stream: &mut BufReader<TcpStream>, conduct: Conduct, dice: &mut Dice) -> io::Result<Then> {
        let then = match conduct {
            Conduct::Accepts | Conduct::AcceptsLate | Conduct::AcceptsAndCloses | Conduct::StallsWithin => {
                let answers = [
                    (200, ""),
                    (200, r#"{"receiptStatus":"COMPLETED","errorCode":null}"#),
                    (202, r#"{"receiptStatus":"RECEIVED"}"#),
                ];
                let (status, words) = dice.one_of(&answers);
                answer(stream, status, words).await?;
                self.ledger.reach(Moment::Answered);
                if conduct == Conduct::AcceptsAndCloses { Then::Close } else { Then::Listen }
            }
            Conduct::AcceptsEarly => Then::Listen,
            Conduct::NotNow(status) => {
                answer(stream, status, r#"{"errorCode":"senere"}"#).await?;
                Then::Listen
            }
            Conduct::Rejects => {
                answer(stream, 422, r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket"}"#).await?;
                Then::Listen
            }
            Conduct::AnswersNonsense => {
                answer(stream, 200, dice.one_of(&["OK", "<html>Tak</html>", "[]", r#"{"receiptStatus":"#])).await?;
                Then::Listen
            }
            Conduct::Gateway { status, .. } => {
                answer(stream, status, "<html>Bad gateway</html>").await?;
                Then::Listen
            }
            Conduct::AnswersInPart => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"receiptStatus\"").await?;
                Then::Close
            }
            Conduct::ResetsInstead { .. } => Then::Reset,
            Conduct::SaysNothing { .. } | Conduct::ClosesWithin | Conduct::ResetsWithin => Then::Close,
        };
        Ok(then)
    }

    /// Which letter begins so; `None` while that cannot be seen.
    fn letter_in(&self, beginning: &[u8]) -> Option<usize> {
        let tag = b"messageUUID>";
        let start = beginning.windows(tag.len()).position(|window| window == tag)? + tag.len();
        let uuid = str::from_utf8(beginning.get(start..start + 36)?).unwrap();
        Some(self.ledger.number_of(uuid).expect("the fagsystem is sent letters of the campaign alone"))
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

async fn answer(stream: &mut BufReader<TcpStream>, status: u16, words: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status} Svar\r\nContent-Length: {}\r\n\r\n{words}", words.len());
    stream.write_all(answer.as_bytes()).await
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
