use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use std::{fmt, thread};

use clap::ValueEnum;
use tracing::field::Field;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::Layer;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::{Writer, debug_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::conclusion::Failure;
use crate::visible::{visible, visible_json};

/// The most lines that wait to be written: some megabytes. Further lines are dropped and counted, since mail must not wait
/// for a log that nobody reads.
///
/// The queue is written here rather than with `tracing-appender`, which does not report how many lines it has dropped.
const MAX_QUEUED_LINES: usize = 16_384;
/// The time limit for writing queued lines when the program ends.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogLevel {
    /// What keeps the router from working.
    Error,
    /// Also messages that were not accepted, and callers that were refused.
    Warn,
    /// Also every message, start, stop and publications.
    Info,
    /// Also what callers' connections do.
    Debug,
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
        }
    }
}

/// Where lines are written, one after the other.
pub(super) trait LogSink: Send {
    /// Writes a line of that level, with its line end. If the log cannot be written there is nowhere to report it.
    fn write(&mut self, level: Level, line: &[u8]);

    /// Nothing else is waiting to be written.
    fn flush(&mut self) {}
}

struct StandardError(BufWriter<io::Stderr>);

impl LogSink for StandardError {
    fn write(&mut self, _: Level, line: &[u8]) {
        let _ = self.0.write_all(line);
    }

    fn flush(&mut self) {
        let _ = self.0.flush();
    }
}

/// The log. Dropping it writes queued lines first.
#[derive(Debug)]
pub(super) struct Log {
    lines: Lines,
    ended: Receiver<()>,
}

impl Log {
    /// Starts logging on standard error.
    ///
    /// # Errors
    ///
    /// The system has no thread to give.
    pub fn start(format: LogFormat, level: LogLevel) -> Result<Self, Failure> {
        let ansi = format == LogFormat::Text && io::stderr().is_terminal();
        let (log, lines) = Self::begin(format, || StandardError(BufWriter::new(io::stderr())))?;
        let layer = tracing_subscriber::fmt::layer().with_writer(lines).with_ansi(ansi).with_target(false);
        let layer = match format {
            LogFormat::Text => layer.fmt_fields(debug_fn(write_field).delimited(" ")).boxed(),
            LogFormat::Json => layer.json().flatten_event(true).boxed(),
        };
        tracing_subscriber::registry().with(layer.with_filter(heard(level.into()))).init();
        Ok(log)
    }

    /// Starts logging to somewhere that keeps the time and the level of each line itself. Accepted messages are left out: the
    /// journal has them, and there are too many.
    ///
    /// # Errors
    ///
    /// The system has no thread to give.
    #[cfg(windows)]
    pub fn start_in<S: LogSink>(open: impl FnOnce() -> S + Send + 'static, level: LogLevel) -> Result<Self, Failure> {
        /// What logs a line for each message.
        const MESSAGES: &str = concat!(env!("CARGO_CRATE_NAME"), "::router::watch::message_log");
        let (log, lines) = Self::begin(LogFormat::Text, open)?;
        let layer = tracing_subscriber::fmt::layer()
            .with_writer(lines)
            .with_ansi(false)
            .with_target(false)
            .with_level(false)
            .without_time()
            .fmt_fields(debug_fn(write_field).delimited(" "));
        let level = LevelFilter::from(level);
        let heard = heard(level).with_target(MESSAGES, level.min(LevelFilter::WARN));
        tracing_subscriber::registry().with(layer.with_filter(heard)).init();
        Ok(log)
    }

    /// Starts the writing thread, which opens the sink.
    fn begin<S: LogSink>(
        format: LogFormat,
        open: impl FnOnce() -> S + Send + 'static,
    ) -> Result<(Self, Lines), Failure> {
        let (words, coming) = mpsc::channel();
        let (ending, ended) = mpsc::channel();
        let lines = Lines { format, words, queue: Arc::default() };
        let queue = Arc::clone(&lines.queue);
        let writing = move || {
            write(&coming, &queue, open());
            drop(ending);
        };
        let started = thread::Builder::new().name("log".to_owned()).spawn(writing);
        started.map_err(|error| format!("cannot start: {error}"))?;
        Ok((Self { lines: lines.clone(), ended }, lines))
    }
}

/// Of dependencies only warnings are logged: their other messages could contain personal data.
fn heard(level: LevelFilter) -> Targets {
    Targets::new().with_target(env!("CARGO_CRATE_NAME"), level).with_default(level.min(LevelFilter::WARN))
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = self.lines.words.send(Word::Last);
        // If nobody reads standard error any more, the rest is lost.
        let _ = self.ended.recv_timeout(FLUSH_TIMEOUT);
    }
}

/// Writes a field of a text line. Control characters in it are made visible, so that foreign text cannot break the line or
/// control a terminal.
fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    let value = format!("{value:?}");
    let value = visible(&value);
    match field.name() {
        "message" => write!(writer, "{value}"),
        name if writer.has_ansi_escapes() => write!(writer, "\u{1b}[3m{name}\u{1b}[0m\u{1b}[2m=\u{1b}[0m{value}"),
        name => write!(writer, "{name}={value}"),
    }
}

#[derive(Debug)]
enum Word {
    Line(Level, Vec<u8>),
    /// The last one.
    Last,
}

/// How many lines are queued, and how many have been dropped because the queue was full.
#[derive(Debug, Default)]
struct Queue {
    waiting: AtomicUsize,
    lost: AtomicUsize,
}

/// Queues lines for the writing thread, and never blocks.
#[derive(Debug, Clone)]
struct Lines {
    format: LogFormat,
    words: Sender<Word>,
    queue: Arc<Queue>,
}

/// One line, which is queued.
#[derive(Debug)]
struct Line<'a> {
    lines: &'a Lines,
    level: Level,
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let Lines { format, words, queue } = self.lines;
        if queue.waiting.load(Ordering::Relaxed) < MAX_QUEUED_LINES {
            queue.waiting.fetch_add(1, Ordering::Relaxed);
            let line = match format {
                LogFormat::Text => line.to_owned(),
                LogFormat::Json => visible_json(&String::from_utf8_lossy(line)).into_owned().into_bytes(),
            };
            let _ = words.send(Word::Line(self.level, line));
        } else {
            queue.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { lines: self, level: Level::INFO }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> Line<'a> {
        Line { lines: self, level: *metadata.level() }
    }
}

/// Writes lines until the last word. Lines that are queued together are written together.
fn write(coming: &Receiver<Word>, queue: &Queue, mut sink: impl LogSink) {
    while let Ok(first) = coming.recv() {
        for word in std::iter::once(first).chain(coming.try_iter()) {
            match word {
                Word::Line(level, line) => sink.write(level, &line),
                Word::Last => {
                    sink.flush();
                    return;
                }
            }
            queue.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        sink.flush();
        let lost = queue.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            tracing::warn!(lines = lost, "the log was not written fast enough: lines were lost");
        }
    }
}
