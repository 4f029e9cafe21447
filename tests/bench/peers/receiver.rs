//! The fagsystem behind every peer: takes each message to its last byte and says yes, at as little cost as can be.
//!
//! `receiver` prints the port it listens on. `POST` delivers; `GET` answers how many have been delivered. Needs no
//! crate, so that `rustc -O` builds it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

static DELIVERED: AtomicU64 = AtomicU64::new(0);
const BUFFER: usize = 256 * 1024;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    for connection in listener.incoming() {
        let connection = connection?;
        thread::spawn(move || {
            // A peer that hangs up is no failure of the receiver's.
            let _ = serve(&connection);
        });
    }
    Ok(())
}

fn serve(connection: &TcpStream) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut input = BufReader::with_capacity(BUFFER, connection);
    let mut output = connection;
    while let Some(request) = read_head(&mut input)? {
        let answer = match (request.is_delivery, request.length) {
            (true, Some(length)) => {
                take(&mut input, length)?;
                DELIVERED.fetch_add(1, Ordering::Relaxed);
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_owned()
            }
            (true, None) => return output.write_all(b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\n\r\n"),
            (false, _) => {
                let count = DELIVERED.load(Ordering::Relaxed).to_string();
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{count}", count.len())
            }
        };
        output.write_all(answer.as_bytes())?;
    }
    Ok(())
}

struct Head {
    is_delivery: bool,
    length: Option<u64>,
}

/// `None` when the peer has hung up between two requests.
fn read_head(input: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut head = Head { is_delivery: line.starts_with("POST "), length: None };
    loop {
        line.clear();
        input.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                head.length = value.trim().parse().ok();
            }
            Some(_) => {}
            None => return Ok(Some(head)),
        }
    }
}

fn take(input: &mut impl BufRead, length: u64) -> io::Result<()> {
    let taken = io::copy(&mut input.take(length), &mut io::sink())?;
    if taken == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
