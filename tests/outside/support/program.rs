use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::eventually;

/// How long the program may run where it should exit by itself: much longer than it takes under any load.
const LONGEST: Duration = Duration::from_mins(4);

/// Runs the program to its end.
pub fn postfordeler<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    postfordeler_reading(arguments, b"")
}

/// Runs the program to its end with the given standard input.
pub fn postfordeler_reading<S: AsRef<OsStr>>(arguments: &[S], input: &[u8]) -> Output {
    let mut child = spawn(arguments, &[], Stdio::piped());
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that does not read its input closes the pipe, which is no fault.
    let writing = thread::spawn(move || drop(pipe.write_all(&input)));
    let process = child.id();
    let (ended, ending) = mpsc::channel();
    thread::spawn(move || ended.send(child.wait_with_output()));
    let Ok(output) = ending.recv_timeout(LONGEST) else {
        let _ = Command::new("kill").args(["-KILL", &process.to_string()]).status();
        panic!("the program goes on, though it should end");
    };
    writing.join().unwrap();
    output.unwrap()
}

fn spawn<S: AsRef<OsStr>>(arguments: &[S], environment: &[(&str, &str)], input: Stdio) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postfordeler"));
    command
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the program can be started")
}

/// What comes before the address in the first line of output.
const RECEIVING: &str = "Receiving at ";

/// A program that listens until it is stopped. It is killed when the value is dropped.
pub struct Running {
    child: Child,
    /// The address on which it says that it listens.
    pub receiving_at: String,
    output: BufReader<ChildStdout>,
    errors: Arc<Mutex<Vec<u8>>>,
    reading_errors: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts it, and waits until it says where it listens.
    pub fn start<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        Self::start_within(arguments, &[])
    }

    /// The same, with the given environment variables.
    pub fn start_within<S: AsRef<OsStr>>(arguments: &[S], environment: &[(&str, &str)]) -> Self {
        Self::hear(spawn(arguments, environment, Stdio::null()))
    }

    /// Starts it from a shell that has run the given commands, such as limits to what it may use.
    pub fn start_after<S: AsRef<OsStr>>(commands: &str, arguments: &[S]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!(r#"{commands}; exec "$0" "$@""#), env!("CARGO_BIN_EXE_postfordeler")]);
        shell.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::hear(shell.spawn().expect("there is a shell"))
    }

    /// Starts another program that prints the same line, though not as its first.
    pub fn start_command(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::hear_after(command.spawn().expect("the program can be started"), usize::MAX)
    }

    fn hear(child: Child) -> Self {
        Self::hear_after(child, 0)
    }

    /// Waits until it says where it listens, within the given number of lines.
    fn hear_after(mut child: Child, lines: usize) -> Self {
        let errors = Arc::new(Mutex::new(Vec::new()));
        let mut pipe = child.stderr.take().unwrap();
        let heard = Arc::clone(&errors);
        let reading_errors = thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = pipe.read(&mut piece) {
                heard.lock().unwrap().extend_from_slice(&piece[..count]);
            }
        });
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        for _ in 0..lines {
            if line.is_empty() || line.starts_with(RECEIVING) {
                break;
            }
            line.clear();
            output.read_line(&mut line).unwrap();
        }
        let mut running =
            Self { child, receiving_at: String::new(), output, errors, reading_errors: Some(reading_errors) };
        match line.trim_end().strip_prefix(RECEIVING) {
            Some(url) => url.clone_into(&mut running.receiving_at),
            None => panic!("it began with {line:?} and {:?}", running.log()),
        }
        running
    }

    /// The next line that it prints, without the line ending.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn address(&self) -> SocketAddr {
        let (_, after_scheme) = self.receiving_at.split_once("://").unwrap();
        after_scheme.split('/').next().unwrap().parse().unwrap()
    }

    /// Asks it to stop with SIGTERM, as a service manager does.
    pub fn terminate(&self) {
        self.signal("-TERM");
    }

    /// Sends it SIGHUP.
    pub fn hang_up(&self) {
        self.signal("-HUP");
    }

    fn signal(&self, which: &str) {
        let status = Command::new("kill").args([which, &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits until it exits, and returns its status.
    pub fn exit_status(&mut self) -> Option<i32> {
        eventually("the program ends", || self.child.try_wait().unwrap()).code()
    }

    /// Waits until it exits, and returns what it printed after it began to listen.
    pub fn rest_of_output(&mut self) -> String {
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        rest
    }

    /// Everything that it has written to standard error.
    pub fn log(&mut self) -> String {
        if self.has_ended()
            && let Some(reading) = self.reading_errors.take()
        {
            reading.join().unwrap();
        }
        String::from_utf8_lossy(&self.errors.lock().unwrap()).into_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
