//! Sends one message again and again over kept connections, each time under a fresh messageUUID: so many in all, as
//! quickly as they are answered or at a fixed rate.
//!
//! `sender PORT PATH FILE PLACEHOLDER SEED CONNECTIONS RATE COUNT`; rate 0: as quickly as they are answered. The file
//! holds the placeholder where the messageUUID goes. Prints one line of JSON.
//!
//! At a fixed rate the messages are due at even intervals, and each goes out over the connection that is free first. Its
//! time is counted from when it was **due**: what waits because all connections are busy has waited too. Needs no crate,
//! so that `rustc -O` builds it.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SLOWEST: Duration = Duration::from_secs(120);

struct Load {
    address: String,
    head: Vec<u8>,
    tail: Vec<u8>,
    seed: u64,
    rate: f64,
    count: u64,
    begun: Instant,
    next: AtomicU64,
}

#[derive(Default)]
struct Seen {
    /// How long each took until it was answered, in microseconds.
    times: Vec<u64>,
    refused: u64,
    broken: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<String, Box<dyn std::error::Error>> {
    let [port, path, file, placeholder, seed, connections, rate, count] = arguments else {
        return Err("sender PORT PATH FILE PLACEHOLDER SEED CONNECTIONS RATE COUNT".into());
    };
    let message = std::fs::read(file)?;
    let at = message.windows(placeholder.len()).position(|it| it == placeholder.as_bytes());
    let at = at.ok_or("the placeholder is not in the file")?;
    let fields = format!("Host: 127.0.0.1:{port}\r\nContent-Type: application/xml\r\nContent-Length: {}", message.len());
    let mut head = format!("POST {path} HTTP/1.1\r\n{fields}\r\n\r\n").into_bytes();
    head.extend_from_slice(&message[..at]);
    let load = Load {
        address: format!("127.0.0.1:{port}"),
        head,
        tail: message[at + placeholder.len()..].to_vec(),
        seed: seed.parse()?,
        rate: rate.parse()?,
        count: count.parse()?,
        begun: Instant::now(),
        next: AtomicU64::new(0),
    };
    let connections: usize = connections.parse()?;
    let mut seen = Seen::default();
    thread::scope(|scope| {
        let senders: Vec<_> = (0..connections).map(|_| scope.spawn(|| load.send())).collect();
        for sender in senders {
            let of_one = sender.join().expect("a sender does not panic");
            seen.times.extend(of_one.times);
            seen.refused += of_one.refused;
            seen.broken += of_one.broken;
        }
    });
    Ok(told(&mut seen, load.begun.elapsed()))
}

fn told(seen: &mut Seen, took: Duration) -> String {
    seen.times.sort_unstable();
    let milliseconds = |share: f64| {
        let place = (share * seen.times.len() as f64).ceil() as usize;
        seen.times.get(place.max(1) - 1).map_or(0.0, |time| *time as f64 / 1e3)
    };
    format!(
        "{{\"messages\": {}, \"seconds\": {:.6}, \"p50_ms\": {:.3}, \"p99_ms\": {:.3}, \"p999_ms\": {:.3}, \
         \"refused\": {}, \"broken\": {}}}",
        seen.times.len(),
        took.as_secs_f64(),
        milliseconds(0.5),
        milliseconds(0.99),
        milliseconds(0.999),
        seen.refused,
        seen.broken,
    )
}

impl Load {
    fn send(&self) -> Seen {
        let mut seen = Seen::default();
        let (mut connection, mut request) = (None, Vec::with_capacity(self.head.len() + self.tail.len() + 36));
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.count {
                return seen;
            }
            let due = self.wait_until_due(number);
            request.clear();
            request.extend_from_slice(&self.head);
            request.extend_from_slice(uuid(self.seed, number).as_bytes());
            request.extend_from_slice(&self.tail);
            match self.post(&mut connection, &request) {
                Ok(status) => {
                    seen.times.push(due.elapsed().as_micros() as u64);
                    seen.refused += u64::from(status != 200);
                }
                Err(_) => {
                    connection = None;
                    seen.broken += 1;
                }
            }
        }
    }

    /// When the message is due, once it is.
    fn wait_until_due(&self, number: u64) -> Instant {
        if self.rate == 0.0 {
            return Instant::now();
        }
        let due = self.begun + Duration::from_secs_f64(number as f64 / self.rate);
        thread::sleep(due.saturating_duration_since(Instant::now()));
        due
    }

    fn post(&self, connection: &mut Option<BufReader<TcpStream>>, request: &[u8]) -> io::Result<u16> {
        let opened = match connection.take() {
            Some(open) => open,
            None => self.connect()?,
        };
        let open = connection.insert(opened);
        open.get_mut().write_all(request)?;
        read_answer(open)
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SLOWEST))?;
        Ok(BufReader::new(stream))
    }
}

/// Reads an answer to its last byte, and returns its status.
fn read_answer(input: &mut impl BufRead) -> io::Result<u16> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
    let mut length = None;
    loop {
        line.clear();
        input.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let length: u64 = length.ok_or_else(|| io::Error::other("an answer without its length"))?;
    io::copy(&mut input.take(length), &mut io::sink())?;
    Ok(status)
}

/// A random UUID, version 4.
fn uuid(seed: u64, number: u64) -> String {
    let (high, low) = (mixed(seed ^ mixed(2 * number)), mixed(seed ^ mixed(2 * number + 1)));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// The end of splitmix64, by Sebastiano Vigna: every bit of the number changes about half of those of the result.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}
