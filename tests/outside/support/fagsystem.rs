use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::net::TcpSocket;

use super::PATIENCE;
use super::caller::header;

/// A fagsystem that does as the test says, and keeps every byte that it was sent.
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
    /// A test that fails while it looks leaves nothing half changed.
    fn requests(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, request: usize, change: impl FnOnce(&mut Request)) {
        change(&mut self.requests()[request]);
        self.changed.notify_all();
    }
}

/// What a fagsystem was sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// From the request line to the empty line.
    pub head: String,
    /// Without the lengths of chunks.
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
    /// Starts one that deals with each connection as the script says; when the script returns, the connection closes.
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

    /// Takes each message whole, then answers so.
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

    /// Waits until the requests are as wanted, and returns them.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&[Request]) -> bool) -> Vec<Request> {
        let requests = self.seen.requests();
        let waited = self.seen.changed.wait_timeout_while(requests, PATIENCE, |requests| !is_so(requests)).unwrap();
        assert!(!waited.1.timed_out(), "waited in vain: {what}");
        waited.0.clone()
    }

    /// What has been sent, once every request has come to its end, whole or broken off.
    pub fn requests(&self) -> Vec<Request> {
        let has_ended = |request: &Request| request.state != State::UnderWay;
        self.wait_until("every request ends", |requests| requests.iter().all(has_ended))
    }

    pub fn whole_requests(&self) -> Vec<Request> {
        self.requests().into_iter().filter(Request::is_whole).collect()
    }
}

/// One connection to a fagsystem, in the hands of its script.
pub struct Connection {
    stream: BufReader<TcpStream>,
    seen: Arc<Seen>,
    /// The number of the request being read.
    request: Option<usize>,
}

impl Connection {
    /// Takes the head of a request; `false` when none came.
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

    /// Takes the body, keeps it, and says whether it came whole.
    pub fn take_body(&mut self) -> bool {
        let (seen, request) = (Arc::clone(&self.seen), self.request.unwrap());
        self.take_body_to(|piece| {
            seen.change(request, |request| request.body.extend_from_slice(piece));
        })
    }

    /// Takes the body, hands each piece of it over, and says whether it came whole.
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

    /// What stands in that header of the request being read.
    pub fn header(&self, name: &str) -> Option<String> {
        self.seen.requests()[self.request.unwrap()].header(name).map(str::to_owned)
    }

    /// Where the request being read was sent.
    pub fn path(&self) -> String {
        let requests = self.seen.requests();
        requests[self.request.unwrap()].head.split(' ').nth(1).unwrap().to_owned()
    }

    /// Whether the request being read is of that method.
    pub fn is_of(&self, method: &str) -> bool {
        self.seen.requests()[self.request.unwrap()].head.split(' ').next() == Some(method)
    }

    /// Takes as many bytes of the body as its `Content-Length` says, as WSGI, CGI and HTTP/1.0 receivers do; where it has
    /// none, nothing.
    pub fn take_body_by_length(&mut self) -> Vec<u8> {
        let head = self.seen.requests()[self.request.unwrap()].head.clone();
        if header(&head, "content-length").is_none() {
            return Vec::new();
        }
        self.take_body();
        self.body()
    }

    /// What has been taken of the body of the request being read.
    pub fn body(&self) -> Vec<u8> {
        self.seen.requests()[self.request.unwrap()].body.clone()
    }

    /// Waits until something of the body has come, and leaves it untaken: closing then resets the connection.
    pub fn await_untaken_bytes(&mut self) {
        let _ = self.stream.get_ref().peek(&mut [0]);
    }

    /// Says nothing until the other side hangs up.
    pub fn await_hang_up(&mut self) {
        let _ = self.stream.fill_buf();
    }

    /// Takes and forgets all that still comes, until the other side closes.
    pub fn drain(&mut self) {
        let _ = std::io::copy(&mut self.stream, &mut std::io::sink());
    }

    /// Answers whole.
    pub fn answer(&mut self, status: u16, body: &str) {
        let length = body.len();
        let type_and_length = format!("Content-Type: application/json\r\nContent-Length: {length}");
        self.write(&format!("HTTP/1.1 {status} Svar\r\n{type_and_length}\r\nConnection: close\r\n\r\n{body}"));
    }

    /// Writes just that, and says whether it went. The router may have hung up meanwhile, which the test will see
    /// elsewhere.
    pub fn write(&mut self, text: &str) -> bool {
        self.write_bytes(text.as_bytes())
    }

    /// Writes just those bytes, and says whether they went.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> bool {
        self.stream.get_mut().write_all(bytes).is_ok()
    }

    /// Writes that again and again, until the other side takes no more.
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
        // Whatever the script left unread can never become whole.
        if let Some(request) = self.request
            && self.seen.requests()[request].state == State::UnderWay
        {
            self.ended(State::BrokenOff);
        }
    }
}

/// Something that a script waits for until the test lets it go on.
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
        let waited = self.0.1.wait_timeout_while(is_open, PATIENCE, |is_open| !*is_open).unwrap();
        assert!(*waited.0, "waited in vain for the gate to open");
    }
}

/// An address where nobody listens, and nobody else can begin to while this lives.
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
