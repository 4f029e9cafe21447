use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;

use serde_json::Value;

use super::TIMEOUT;

/// A call made by hand over a socket, so that a test decides which bytes go when.
pub struct Call {
    stream: BufReader<TcpStream>,
}

impl Call {
    /// Connects, and sends nothing yet.
    pub fn connect(to: SocketAddr) -> Self {
        let stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// Sends the bytes unchanged.
    pub fn raw(to: SocketAddr, bytes: impl AsRef<[u8]>) -> Self {
        let mut call = Self::connect(to);
        call.send(bytes);
        call
    }

    /// Sends the head of a request, and the empty line that ends it.
    pub fn begin(to: SocketAddr, head: &str) -> Self {
        Self::raw(to, format!("{head}\r\nHost: {to}\r\nConnection: close\r\n\r\n"))
    }

    /// Begins to deliver a message of `length` bytes.
    pub fn with_length(to: SocketAddr, content_type: &str, length: usize) -> Self {
        Self::begin(to, &format!("POST /memo HTTP/1.1\r\nContent-Type: {content_type}\r\nContent-Length: {length}"))
    }

    /// Begins to deliver a message of unknown length.
    pub fn chunked(to: SocketAddr, content_type: &str) -> Self {
        Self::begin(to, &format!("POST /memo HTTP/1.1\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked"))
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    /// Sends as much as the other side accepts, which may have answered and stopped reading.
    pub fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.get_mut().write_all(bytes.as_ref());
    }

    /// Sends one chunk of a chunked body.
    pub fn send_chunk(&mut self, bytes: &[u8]) {
        self.send(format!("{:x}\r\n", bytes.len()));
        self.send(bytes);
        self.send("\r\n");
    }

    /// Closes the sending half of the connection, and goes on reading.
    pub fn half_close(&mut self) {
        self.stream.get_ref().shutdown(Shutdown::Write).unwrap();
    }

    pub fn end_chunks(&mut self) {
        self.send("0\r\n\r\n");
    }

    /// Closes the connection in the middle of the request.
    pub fn hang_up(self) {
        self.stream.get_ref().shutdown(Shutdown::Both).unwrap();
    }

    /// Waits for the answer.
    pub fn answer(mut self) -> Answer {
        self.next_answer()
    }

    /// Waits for the answer, and keeps the connection.
    pub fn next_answer(&mut self) -> Answer {
        let head = self.answer_head();
        let mut answer = Answer { head, body: String::new() };
        let length: u64 = answer.header("content-length").expect("the answer has a length").parse().unwrap();
        (&mut self.stream).take(length).read_to_string(&mut answer.body).unwrap();
        answer
    }

    /// Reads until the other side closes the connection properly, without a reset.
    pub fn rest(mut self) -> io::Result<Vec<u8>> {
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).map(|_| rest)
    }

    /// Waits for the head of an answer, up to and including the empty line.
    pub fn answer_head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let count = self.stream.read_line(&mut head).unwrap();
            assert!(count > 0, "the connection closed without an answer: {head:?}");
        }
        head
    }
}

/// A call from the test cases, addressed to a loopback host instead of `router.example`.
pub fn case(path: &str) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(path);
    let call = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    String::from_utf8(call).unwrap().replacen("\r\nHost: router.example\r\n", "\r\nHost: 127.0.0.1\r\n", 1).into_bytes()
}

/// The answer to a call.
#[derive(Debug, Clone)]
pub struct Answer {
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {:?}", self.body))
    }
}

/// The value of a header of a request or an answer.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().skip(1);
    lines.filter_map(|line| line.split_once(':')).find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.trim())
}

/// The body of a `multipart/form-data` call.
#[derive(Debug, Clone, Default)]
pub struct Form {
    body: Vec<u8>,
}

impl Form {
    pub const BOUNDARY: &'static str = "----boundary7MA4YWxkTrZu0gW";

    pub fn content_type() -> String {
        format!("multipart/form-data; boundary={}", Self::BOUNDARY)
    }

    /// Adds a part with the given parameters of its `Content-Disposition`, such as `name="file"; filename="x"`.
    pub fn part(mut self, disposition: &str, more_headers: &str, content: &[u8]) -> Self {
        let head = format!("--{}\r\nContent-Disposition: form-data; {disposition}\r\n", Self::BOUNDARY);
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(more_headers.as_bytes());
        self.body.extend_from_slice(b"\r\n");
        self.body.extend_from_slice(content);
        self.body.extend_from_slice(b"\r\n");
        self
    }

    /// Adds the message as the part in which Digital Post sends it.
    pub fn file(self, name: &str, content: &[u8]) -> Self {
        self.part(&format!(r#"name="file"; filename="{name}""#), "Content-Type: application/xml\r\n", content)
    }

    pub fn end(self) -> Vec<u8> {
        let mut body = self.body;
        body.extend_from_slice(format!("--{}--\r\n", Self::BOUNDARY).as_bytes());
        body
    }
}
