use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::net::TcpSocket;

use super::TIMEOUT;
use super::caller::header;

/// A fagsystem that runs a script, and records every byte that it is sent.
pub struct Fagsystem {
    pub address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    changed: Condvar,
}

impl Seen {
    /// Usable even after a test has panicked while it held the lock: nothing is ever half changed.
    fn requests(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, request: usize, change: impl FnOnce(&mut Request)) {
        change(&mut self.requests()[request]);
        self.changed.notify_all();
    }
}

/// A request to a fagsystem.
#[derive(Debug, Clone)]
pub struct Request {
    /// From the request line to the empty line.
    pub head: String,
    /// Decoded, where it came in chunks.
    pub body: Vec<u8>,
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    UnderWay,
    Whole,
    /// The connection ended before the request did.
    BrokenOff,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    pub fn is_whole(&self) -> bool {
        self.state == State::Whole
    }
}

impl Fagsystem {
    /// Starts a fagsystem that runs the script for each connection, and closes the connection when the script returns.
    pub fn start(script: impl Fn(&mut Connection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let (script, log) = (Arc::new(script), Arc::clone(&seen));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (script, seen) = (Arc::clone(&script), Arc::clone(&log));
                thread::spawn(move || {
                    let mut connection = Connection { stream: BufReader::new(stream), seen, request: None };
                    script(&mut connection);
                });
            }
        });
        Self { address, seen }
    }

    /// Reads each message to its end, then gives the answer.
    pub fn answering(status: u16, body: &'static str) -> Self {
        Self::start(move |connection| {
            if connection.take_all() {
                connection.answer(status, body);
            }
        })
    }

    pub fn accepting() -> Self {
        Self::answering(200, "")
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}/postmodtag", self.address)
    }

    /// Waits until the condition holds for the requests, and returns them.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&[Request]) -> bool) -> Vec<Request> {
        let requests = self.seen.requests();
        let waited = self.seen.changed.wait_timeout_while(requests, TIMEOUT, |requests| !is_so(requests)).unwrap();
        assert!(!waited.1.timed_out(), "waited in vain: {what}");
        waited.0.clone()
    }

    /// The requests, once each is complete or broken off.
    pub fn requests(&self) -> Vec<Request> {
        let has_ended = |request: &Request| request.state != State::UnderWay;
        self.wait_until("every request ends", |requests| requests.iter().all(has_ended))
    }

    pub fn whole_requests(&self) -> Vec<Request> {
        self.requests().into_iter().filter(Request::is_whole).collect()
    }
}

/// A connection to a fagsystem, as its script sees it.
pub struct Connection {
    stream: BufReader<TcpStream>,
    seen: Arc<Seen>,
    /// The number of the request being read.
    request: Option<usize>,
}

impl Connection {
    /// Reads the head of a request; `false` when none came.
    pub fn take_head(&mut self) -> bool {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            match self.stream.read_line(&mut head) {
                Ok(1..) => {}
                _ => return false,
            }
        }
        let mut requests = self.seen.requests();
        self.request = Some(requests.len());
        requests.push(Request { head, body: Vec::new(), state: State::UnderWay });
        drop(requests);
        self.seen.changed.notify_all();
        true
    }

    /// Reads and records the body, and returns whether it is complete.
    pub fn take_body(&mut self) -> bool {
        let (seen, request) = (Arc::clone(&self.seen), self.request.unwrap());
        self.take_body_to(|piece| {
            seen.change(request, |request| request.body.extend_from_slice(piece));
        })
    }

    /// Reads the body, passes on each piece of it, and returns whether it is complete.
    pub fn take_body_to(&mut self, mut sink: impl FnMut(&[u8])) -> bool {
        let request = self.request.unwrap();
        let head = self.seen.requests()[request].head.clone();
        let is_whole = match header(&head, "content-length") {
            Some(length) => self.take(length.parse().unwrap(), &mut sink).is_some(),
            None => self.take_chunks(&mut sink).is_some(),
        };
        self.ended(if is_whole { State::Whole } else { State::BrokenOff });
        is_whole
    }

    pub fn take_all(&mut self) -> bool {
        self.take_head() && self.take_body()
    }

    /// The value of a header of the request being read.
    pub fn header(&self, name: &str) -> Option<String> {
        self.seen.requests()[self.request.unwrap()].header(name).map(str::to_owned)
    }

    /// The path of the request being read.
    pub fn path(&self) -> String {
        let requests = self.seen.requests();
        requests[self.request.unwrap()].head.split(' ').nth(1).unwrap().to_owned()
    }

    /// Whether the request being read has that method.
    pub fn is_of(&self, method: &str) -> bool {
        self.seen.requests()[self.request.unwrap()].head.split(' ').next() == Some(method)
    }

    /// Reads as many bytes of the body as its `Content-Length` says, none without one, as WSGI, CGI and HTTP/1.0
    /// receivers do.
    pub fn take_body_by_length(&mut self) -> Vec<u8> {
        let head = self.seen.requests()[self.request.unwrap()].head.clone();
        if header(&head, "content-length").is_none() {
            return Vec::new();
        }
        self.take_body();
        self.body()
    }

    /// The part of the body that has been read so far.
    pub fn body(&self) -> Vec<u8> {
        self.seen.requests()[self.request.unwrap()].body.clone()
    }

    /// Waits until some of the body has come, and leaves it unread, so that closing resets the connection.
    pub fn await_untaken_bytes(&mut self) {
        let _ = self.stream.get_ref().peek(&mut [0]);
    }

    /// Sends nothing until the other side closes the connection.
    pub fn await_hang_up(&mut self) {
        let _ = self.stream.fill_buf();
    }

    /// Reads and discards everything until the other side closes the connection.
    pub fn drain(&mut self) {
        let _ = std::io::copy(&mut self.stream, &mut std::io::sink());
    }

    /// Closes the connection without a word of it.
    pub fn hang_up(&mut self) {
        let _ = self.stream.get_ref().shutdown(Shutdown::Both);
    }

    /// Sends a complete answer.
    pub fn answer(&mut self, status: u16, body: &str) {
        let length = body.len();
        let type_and_length = format!("Content-Type: application/json\r\nContent-Length: {length}");
        self.write(&format!("HTTP/1.1 {status} Svar\r\n{type_and_length}\r\nConnection: close\r\n\r\n{body}"));
    }

    /// Writes the text as it is, and returns whether it could be sent. The router may have closed the connection
    /// meanwhile, which the test sees elsewhere.
    pub fn write(&mut self, text: &str) -> bool {
        self.write_bytes(text.as_bytes())
    }

    /// Writes the bytes as they are, and returns whether they could be sent.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> bool {
        self.stream.get_mut().write_all(bytes).is_ok()
    }

    /// Writes the text again and again, until the other side accepts no more.
    pub fn write_without_end(&mut self, text: &str) {
        let text = text.repeat(1000);
        while self.stream.get_mut().write_all(text.as_bytes()).is_ok() {}
    }

    fn take(&mut self, mut length: usize, sink: &mut impl FnMut(&[u8])) -> Option<()> {
        while length > 0 {
            let piece = self.stream.fill_buf().ok().filter(|piece| !piece.is_empty())?;
            let count = piece.len().min(length);
            sink(&piece[..count]);
            self.stream.consume(count);
            length -= count;
        }
        Some(())
    }

    fn take_chunks(&mut self, sink: &mut impl FnMut(&[u8])) -> Option<()> {
        loop {
            let length = usize::from_str_radix(self.line()?.trim_end(), 16).unwrap();
            self.take(length, sink)?;
            assert_eq!(self.line()?, "\r\n", "a chunk ends with its line");
            if length == 0 {
                return Some(());
            }
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).ok().filter(|_| line.ends_with("\r\n")).map(|_| line)
    }

    fn ended(&self, state: State) {
        if let Some(request) = self.request {
            self.seen.change(request, |request| request.state = state);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // What the script left unread can never become complete.
        if let Some(request) = self.request
            && self.seen.requests()[request].state == State::UnderWay
        {
            self.ended(State::BrokenOff);
        }
    }
}

/// Holds up a script until the test lets it go on.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    pub fn is_open(&self) -> bool {
        *self.0.0.lock().unwrap()
    }

    pub fn pass(&self) {
        let is_open = self.0.0.lock().unwrap();
        let waited = self.0.1.wait_timeout_while(is_open, TIMEOUT, |is_open| !*is_open).unwrap();
        assert!(*waited.0, "waited in vain for the gate to open");
    }
}

/// An address on which nobody listens, and which nobody else can bind as long as this value lives.
pub struct NobodyThere(TcpSocket);

impl NobodyThere {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        Self(socket)
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}/postmodtag", self.0.local_addr().unwrap())
    }
}
