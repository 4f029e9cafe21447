//! The connections to one host that wait for the next call.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use super::line::Line;

/// Shorter than the time after which servers commonly close idle connections, so that no message goes into a closed one.
const IDLE_TIMEOUT: Duration = Duration::from_secs(3);

/// Connections to one host, by which one message after another goes there.
#[derive(Default)]
pub(super) struct Pool(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// Connections without a call, the latest last.
    lines: Vec<Line>,
    /// Calls that wait for a connection of their own, and take one that becomes free before.
    calls: VecDeque<oneshot::Sender<Line>>,
    /// Whether a task closes what nobody has used for long.
    is_swept: bool,
}

impl Pool {
    /// A connection that a call can be made on, and whether it has been in the pool: one that is free, or becomes free before a
    /// new one is made.
    pub async fn line<E, Connecting>(self: &Arc<Self>, connect: impl FnOnce() -> Connecting) -> Result<(Line, bool), E>
    where
        Connecting: Future<Output = Result<Line, E>> + Send + 'static,
        E: Send,
    {
        while let Some(mut line) = self.take() {
            if line.is_usable().await {
                return Ok((line, true));
            }
        }
        let mut connecting = Box::pin(connect());
        let mut freed = self.wait();
        let freed = tokio::select! {
            biased;
            Ok(line) = &mut freed => Some(line),
            line = &mut connecting => return Ok((line?, false)),
        };
        if let Some(mut line) = freed
            && line.is_usable().await
        {
            // What has been begun serves the next call.
            let pool = Arc::clone(self);
            tokio::spawn(async move {
                if let Ok(line) = connecting.await {
                    pool.put(line);
                }
            });
            return Ok((line, true));
        }
        Ok((connecting.await?, false))
    }

    /// Keeps a connection for the next call, once its last one has come to its end.
    pub fn give_back(self: &Arc<Self>, mut line: Line) {
        if line.is_ready() {
            self.put(line);
        } else if !line.is_closed()
            && let Ok(runtime) = Handle::try_current()
        {
            // The fagsystem has answered before it had all of the call, or the answer was not read to its end.
            let pool = Arc::clone(self);
            runtime.spawn(async move {
                if line.is_done().await {
                    pool.put(line);
                }
            });
        }
    }

    fn put(self: &Arc<Self>, mut line: Line) {
        let Ok(runtime) = Handle::try_current() else { return };
        line.free_since = Instant::now();
        let mut waiting = self.waiting();
        while let Some(call) = waiting.calls.pop_front() {
            match call.send(line) {
                Ok(()) => return,
                Err(unwanted) => line = unwanted,
            }
        }
        waiting.lines.push(line);
        if !waiting.is_swept {
            waiting.is_swept = true;
            runtime.spawn(sweep(Sweeper(Arc::downgrade(self))));
        }
    }

    /// The connection that was used last, unless that was too long ago.
    fn take(&self) -> Option<Line> {
        self.waiting().lines.pop_if(|line| line.free_since.elapsed() < IDLE_TIMEOUT)
    }

    fn wait(&self) -> oneshot::Receiver<Line> {
        let (freed, wanted) = oneshot::channel();
        let mut waiting = self.waiting();
        waiting.calls.retain(|call| !call.is_closed());
        waiting.calls.push_back(freed);
        wanted
    }

    /// Takes out what nobody has used for long. Returns also whether nothing is left, and nothing is swept any more.
    fn take_unused(&self) -> (Vec<Line>, bool) {
        let mut waiting = self.waiting();
        let unused = waiting.lines.partition_point(|line| line.free_since.elapsed() >= IDLE_TIMEOUT);
        let unused = waiting.lines.drain(..unused).collect();
        waiting.is_swept = !waiting.lines.is_empty();
        (unused, !waiting.is_swept)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let Ok(runtime) = Handle::try_current() else { return };
        for line in self.waiting().lines.drain(..) {
            runtime.spawn(line.close());
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("free", &self.waiting().lines.len()).finish_non_exhaustive()
    }
}

/// Closes what nobody has used for long, until nothing is left.
async fn sweep(sweeper: Sweeper) {
    loop {
        sleep(IDLE_TIMEOUT).await;
        let Some(pool) = sweeper.0.upgrade() else { return };
        let (unused, is_empty) = pool.take_unused();
        for line in unused {
            tokio::spawn(line.close());
        }
        if is_empty {
            return;
        }
    }
}

/// However its task ends, another one can begin.
struct Sweeper(Weak<Pool>);

impl Drop for Sweeper {
    fn drop(&mut self) {
        if let Some(pool) = self.0.upgrade() {
            pool.waiting().is_swept = false;
        }
    }
}
