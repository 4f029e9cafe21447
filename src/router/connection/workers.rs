//! The threads that carry a router's connections: one for each processor, each with a runtime of its own, so that all that
//! concerns a message happens on one thread.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use tokio::net::TcpStream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// The most threads. Long before so many are busy, the journal's disk is.
pub(in crate::router) const MAX_WORKERS: usize = 8;

thread_local! {
    static NUMBER: Cell<usize> = const { Cell::new(0) };
}

/// Which of the threads this is, from 1 to [`MAX_WORKERS`]; 0: none of them.
pub(in crate::router) fn number() -> usize {
    NUMBER.get()
}

/// The threads, until they are [ended](Workers::end) or this is dropped.
#[derive(Debug)]
pub(in crate::router) struct Workers {
    stop: DropGuard,
    /// Never receives anything: it is closed when the last of them has ended.
    ended: mpsc::Receiver<()>,
}

/// Where connections are carried: by the threads, or by the runtime of whoever asks where there are none.
#[derive(Debug, Clone, Default)]
pub(in crate::router) struct Places(Arc<[Worker]>);

#[derive(Debug)]
struct Worker {
    runtime: Handle,
    /// Shared with each of its connections, which are counted by that.
    load: Arc<()>,
}

impl Workers {
    /// Starts the threads, as many of them as the system allows.
    pub fn start() -> (Self, Places) {
        let (alive, ended) = mpsc::channel(1);
        let stop = CancellationToken::new();
        let wanted = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
        let start = |number| start(number, alive.clone(), stop.clone());
        let workers = (1..=wanted).map_while(start).map(|runtime| Worker { runtime, load: Arc::default() });
        let places = Places(workers.collect());
        (Self { stop: stop.drop_guard(), ended }, places)
    }

    /// Ends them, and whatever they still do. Returns when the last has ended.
    pub async fn end(mut self) {
        drop(self.stop);
        let _ = self.ended.recv().await;
    }
}

fn start(number: usize, alive: mpsc::Sender<()>, stop: CancellationToken) -> Option<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    let run = move || {
        NUMBER.set(number);
        runtime.block_on(stop.cancelled());
        // A name that is being looked up is not waited for.
        runtime.shutdown_background();
        drop(alive);
    };
    thread::Builder::new().name(format!("router {number}")).spawn(run).ok().map(|_| handle)
}

impl Places {
    /// Has a connection carried by the thread that has fewest.
    pub fn carry<Carrying>(
        &self,
        stream: TcpStream,
        tracker: &TaskTracker,
        carry: impl FnOnce(TcpStream) -> Carrying + Send + 'static,
    ) where
        Carrying: Future<Output = ()> + Send + 'static,
    {
        let Some(worker) = self.0.iter().min_by_key(|worker| Arc::strong_count(&worker.load)) else {
            tracker.spawn(carry(stream));
            return;
        };
        let (stream, load) = (stream.into_std(), Arc::clone(&worker.load));
        let carried = async move {
            // Each runtime watches its own connections.
            if let Ok(stream) = stream.and_then(TcpStream::from_std) {
                carry(stream).await;
            }
            drop(load);
        };
        tracker.spawn_on(carried, &worker.runtime);
    }
}
