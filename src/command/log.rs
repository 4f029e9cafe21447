use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
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
/// How long lines are gathered after the first one, before they are written together. To wake the writing thread for each line
/// costs more than the line itself.
const GATHERING_TIME: Duration = Duration::from_millis(5);
/// So many bytes of lines are written at once, without waiting for more.
const MANY_BYTES: usize = 64 * 1024;
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
        let (ending, ended) = mpsc::channel();
        let lines = Lines { format, queue: Arc::default() };
        let queue = Arc::clone(&lines.queue);
        let writing = move || {
            write(&queue, open());
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
        self.lines.queue.gathered().is_ending = true;
        self.lines.queue.news.notify_one();
        // If nobody reads standard error any more, the rest is lost.
        let _ = self.ended.recv_timeout(FLUSH_TIMEOUT);
    }
}

/// Writes a field of a text line. Control characters in it are made visible, so that foreign text cannot break the line or
/// control a terminal.
fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    use fmt::Write as _;
    match field.name() {
        "message" => {}
        name if writer.has_ansi_escapes() => write!(writer, "\u{1b}[3m{name}\u{1b}[0m\u{1b}[2m=\u{1b}[0m")?,
        name => {
            writer.write_str(name)?;
            writer.write_char('=')?;
        }
    }
    write!(Visible(writer.by_ref()), "{value:?}")
}

/// Writes a text as it becomes [visible], piece by piece: each character becomes so alone.
struct Visible<'writer>(Writer<'writer>);

impl fmt::Write for Visible<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(&visible(text))
    }
}

/// The lines on their way to the writing thread.
#[derive(Debug, Default)]
struct Queue {
    gathered: Mutex<Gathered>,
    /// There is a first line, there are many, or the log ends.
    news: Condvar,
    /// How many lines have not been written.
    waiting: AtomicUsize,
    /// How many have been dropped because too many were waiting.
    lost: AtomicUsize,
}

/// Lines that have not been taken to be written, in the order in which they came.
#[derive(Debug, Default)]
struct Gathered {
    bytes: Vec<u8>,
    /// The level of each line, and where it ends.
    lines: Vec<(Level, usize)>,
    is_ending: bool,
}

impl Queue {
    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        // Whoever panicked there has left whole lines: a line counts from when its end is known.
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, level: Level, line: &[u8]) {
        let mut gathered = self.gathered();
        let before = gathered.bytes.len();
        gathered.bytes.extend_from_slice(line);
        let now = gathered.bytes.len();
        gathered.lines.push((level, now));
        drop(gathered);
        if before == 0 || (before < MANY_BYTES && now >= MANY_BYTES) {
            self.news.notify_one();
        }
    }

    /// Waits for lines, and takes all there are in exchange for empty room. Returns whether they are the last.
    fn take(&self, taken: &mut Gathered) -> bool {
        let mut gathered = self.gathered();
        while gathered.lines.is_empty() && !gathered.is_ending {
            gathered = self.news.wait(gathered).unwrap_or_else(PoisonError::into_inner);
        }
        let more_may_come = |gathered: &mut Gathered| !gathered.is_ending && gathered.bytes.len() < MANY_BYTES;
        let waited = self.news.wait_timeout_while(gathered, GATHERING_TIME, more_may_come);
        let (mut gathered, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut gathered.bytes, &mut taken.bytes);
        std::mem::swap(&mut gathered.lines, &mut taken.lines);
        gathered.is_ending
    }
}

/// Queues lines for the writing thread, and never waits until they are written.
#[derive(Debug, Clone)]
struct Lines {
    format: LogFormat,
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
        let Lines { format, queue } = self.lines;
        if queue.waiting.load(Ordering::Relaxed) < MAX_QUEUED_LINES {
            queue.waiting.fetch_add(1, Ordering::Relaxed);
            match format {
                LogFormat::Text => queue.add(self.level, line),
                LogFormat::Json => queue.add(self.level, visible_json(&String::from_utf8_lossy(line)).as_bytes()),
            }
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

/// Writes lines until the log ends. Lines that have been gathered together are written together.
fn write(queue: &Queue, mut sink: impl LogSink) {
    let mut taken = Gathered::default();
    loop {
        let is_last = queue.take(&mut taken);
        let mut start = 0;
        for (level, end) in &taken.lines {
            sink.write(*level, &taken.bytes[start..*end]);
            start = *end;
            queue.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        sink.flush();
        if is_last {
            return;
        }
        taken.lines.clear();
        taken.bytes.clear();
        // What a crowd of lines took is given back.
        taken.bytes.shrink_to(2 * MANY_BYTES);
        let lost = queue.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            tracing::warn!(lines = lost, "the log was not written fast enough: lines were lost");
        }
    }
}
