//! Waits until something may have been written to a data directory, by whichever program.
//!
//! Linux tells at once of a write to a file in the directory (inotify). That is no promise: some file systems tell nothing, a user has only
//! so many watches, and what SQLite shares between programs in memory is told by nobody. So whoever waits is also let go once a
//! second, looks for what is new, and is right without having been told. Other systems do not tell of writes to files that stay open,
//! as a database's do; there the second alone counts.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::Store;

/// The longest that one waits. What nobody tells of is found by then.
const LONGEST: Duration = Duration::from_secs(1);
/// The same for a database on a server, where a publication is to be in force everywhere within a second.
const ON_SERVER: Duration = Duration::from_millis(400);
/// The shortest: however much is written, one is not let go more often.
const SHORTEST: Duration = Duration::from_millis(250);
/// SQLite writes first, waits for the disk, and then lets others see it. Usually that is over by now.
const SETTLING: Duration = Duration::from_millis(20);

/// Waits for what is written to a data directory.
#[derive(Debug)]
pub struct DataWatch {
    told: Option<notices::Notices>,
    longest: Duration,
    /// Somebody was writing when the wait before ended. What they wrote may be seen only now.
    was_writing: bool,
    /// When the last wait ended that a write ended.
    told_at: Option<Instant>,
}

impl Store {
    /// What waits for changes of these data. Whoever waits looks before each wait, the first one included: what was written since the
    /// watch was made, or since the last wait ended, ends the next one.
    #[must_use]
    pub fn watch(&self) -> DataWatch {
        let watch = DataWatch::on(self.directory());
        // Nobody here is told of what others write on a server.
        if self.server().is_some() { watch.untold().if_untold(ON_SERVER) } else { watch }
    }
}

impl DataWatch {
    fn on(directory: &Path) -> Self {
        let mut told = notices::Notices::of(directory);
        if let Some(told) = &mut told {
            told.begin();
        }
        Self { told, longest: LONGEST, was_writing: false, told_at: None }
    }

    /// The same where the system tells nothing of what is written.
    #[must_use]
    pub fn untold(self) -> Self {
        Self { told: None, ..self }
    }

    /// Waits no longer than that where the system tells nothing of what is written.
    #[must_use]
    pub fn if_untold(self, longest: Duration) -> Self {
        Self { longest: if self.told.is_some() { self.longest } else { longest }, ..self }
    }

    /// Blocks until something may have been written: for a second, or less where the system tells of a write. Does not return more
    /// than four times a second.
    pub fn wait(&mut self) {
        let longest = if self.was_writing { SHORTEST } else { self.longest };
        self.was_writing = if let Some(told) = &self.told {
            told.wait(longest)
        } else {
            thread::sleep(longest);
            false
        };
        if self.was_writing {
            let rest = self.told_at.map_or(Duration::ZERO, |at| SHORTEST.saturating_sub(at.elapsed()));
            thread::sleep(rest.max(SETTLING));
            self.told_at = Some(Instant::now());
        }
        if let Some(told) = &mut self.told {
            told.begin();
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
