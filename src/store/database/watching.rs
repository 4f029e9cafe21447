//! Waits until something may have been written to the data, by whichever program.
//!
//! Linux tells at once of a write to a file in the directory (inotify). That is no promise: some file systems tell nothing, a user has only
//! so many watches, and what SQLite shares between programs in memory is told by nobody. So whoever waits is also let go once a
//! second, looks for what is new, and is right without having been told. Other systems do not tell of writes to files that stay open,
//! as a database's do; there the second alone counts. A server tells by NOTIFY of what people change and publish, though not of
//! messages, and of nothing while the connection is broken; whoever waits for it is let go oftener.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::{Place, Store};
use crate::store::engine::Listener;

/// The longest that one waits. What nobody tells of is found by then.
const LONGEST: Duration = Duration::from_secs(1);
/// The same for a database on a server, where a publication is to be in force everywhere within a second.
const ON_SERVER: Duration = Duration::from_millis(400);
/// The shortest: however much is written, one is not let go more often.
const SHORTEST: Duration = Duration::from_millis(250);
/// SQLite writes first, waits for the disk, and then lets others see it. Usually that is over by now.
const SETTLING: Duration = Duration::from_millis(20);

/// The channel on which a server tells of what is written that others are to see at once.
const CHANNEL: &str = "postfordeler";

/// Waits for what is written to the data.
#[derive(Debug)]
pub struct DataWatch {
    told: Told,
    longest: Duration,
    /// Somebody was writing when the wait before ended. What they wrote may be seen only now.
    was_writing: bool,
    /// When the last wait ended that a write ended.
    told_at: Option<Instant>,
}

/// Who tells of writes.
#[derive(Debug)]
enum Told {
    /// The system, of files in the data directory.
    BySystem(notices::Notices),
    /// The server that the database is on, of what people change and publish.
    ByServer(Listener),
    Nothing,
}

impl Store {
    /// What waits for changes of these data. Whoever waits looks before each wait, the first one included: what was written since the
    /// watch was made, or since the last wait ended, ends the next one.
    #[must_use]
    pub fn watch(&self) -> DataWatch {
        let Place::Server { address, router, .. } = &self.place else { return DataWatch::on(self.directory()) };
        let told = Listener::begin(address, router, CHANNEL).map_or(Told::Nothing, Told::ByServer);
        DataWatch::new(told, ON_SERVER)
    }
}

impl DataWatch {
    fn new(told: Told, longest: Duration) -> Self {
        Self { told, longest, was_writing: false, told_at: None }
    }

    fn on(directory: &Path) -> Self {
        let mut told = notices::Notices::of(directory);
        if let Some(told) = &mut told {
            told.begin();
        }
        Self::new(told.map_or(Told::Nothing, Told::BySystem), LONGEST)
    }

    /// The same where nobody tells of what is written.
    #[must_use]
    pub fn untold(self) -> Self {
        Self { told: Told::Nothing, ..self }
    }

    /// Waits no longer than that where nobody tells of what is written.
    #[must_use]
    pub fn if_untold(self, longest: Duration) -> Self {
        Self { longest: if matches!(self.told, Told::Nothing) { longest } else { self.longest }, ..self }
    }

    /// Blocks until something may have been written: for a second, or less where somebody tells of a write. Does not return more
    /// than four times a second.
    pub fn wait(&mut self) {
        let longest = if self.was_writing { SHORTEST } else { self.longest };
        self.was_writing = match &self.told {
            Told::BySystem(notices) => notices.wait(longest),
            Told::ByServer(listener) => listener.wait(longest),
            Told::Nothing => {
                thread::sleep(longest);
                false
            }
        };
        if self.was_writing {
            let rest = self.told_at.map_or(Duration::ZERO, |at| SHORTEST.saturating_sub(at.elapsed()));
            thread::sleep(rest.max(SETTLING));
            self.told_at = Some(Instant::now());
        }
        if let Told::BySystem(notices) = &mut self.told {
            notices.begin();
        }
    }
}

#[cfg(target_os = "linux")]
mod notices {
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::path::{Path, PathBuf};
    use std::thread;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};

    /// What the system tells of the files in a directory.
    #[derive(Debug)]
    pub struct Notices {
        queue: OwnedFd,
        directory: PathBuf,
        /// Whether it tells. A directory that is not there now may be there later.
        has_begun: bool,
    }

    impl Notices {
        /// `None` where the system has none to give.
        pub fn of(directory: &Path) -> Option<Self> {
            let queue = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()?;
            Some(Self { queue, directory: directory.to_owned(), has_begun: false })
        }

        /// Lets the system tell of one write from now on. Telling of each would cost a busy router time.
        pub fn begin(&mut self) {
            // What is left is about the last time.
            let mut buffer = [MaybeUninit::uninit(); 4096];
            while rustix::io::read(&self.queue, &mut buffer).is_ok_and(|(read, _)| !read.is_empty()) {}
            let writes = WatchFlags::MODIFY | WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::MOVE;
            let once = writes | WatchFlags::ONLYDIR | WatchFlags::ONESHOT;
            self.has_begun = add_watch(&self.queue, &self.directory, once).is_ok();
        }

        /// Waits for the write for so long, and returns whether there was one.
        pub fn wait(&self, longest: Duration) -> bool {
            let queue = &mut [PollFd::new(&self.queue, PollFlags::IN)];
            match Timespec::try_from(longest).map(|longest| poll(queue, Some(&longest))) {
                Ok(Ok(told)) if self.has_begun => told > 0,
                Ok(Ok(0)) => false,
                _ => {
                    thread::sleep(longest);
                    false
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod notices {
    use std::path::Path;
    use std::time::Duration;

    /// There are none.
    #[derive(Debug)]
    pub enum Notices {}

    impl Notices {
        pub fn of(_: &Path) -> Option<Self> {
            None
        }

        pub fn begin(&mut self) {
            match *self {}
        }

        pub fn wait(&self, _: Duration) -> bool {
            match *self {}
        }
    }
}
