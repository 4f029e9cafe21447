//! What the structures take from std and tokio, made of loom's primitives. `Arc` stays std's: what is counted is only read
//! while a mutex is held, and loom changes threads at mutexes.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub use std::sync::{Arc, PoisonError};

pub use loom::sync::{Mutex, MutexGuard};

/// Time stands still, and everything that came before came long ago: what depends on time happens in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant;

impl Instant {
    pub fn now() -> Self {
        Self
    }

    pub fn elapsed(self) -> Duration {
        Duration::MAX
    }
}

impl std::ops::Add<Duration> for Instant {
    type Output = Self;

    fn add(self, _: Duration) -> Self {
        self
    }
}

/// Never times out, so that waiting for a lost wake-up never ends, which loom reports.
pub async fn timeout<T>(_: Duration, future: impl Future<Output = T>) -> Result<T, ()> {
    Ok(future.await)
}

/// As tokio's: whoever asks first gets it first, and it is handed over on release.
#[derive(Debug)]
pub struct AsyncMutex<T> {
    line: Mutex<Line>,
    value: std::marker::PhantomData<T>,
}

#[derive(Debug, Default)]
struct Line {
    is_held: bool,
    tickets: u64,
    /// Those who wait, and the one that it has been handed to.
    waiting: VecDeque<(u64, Waker)>,
    handed_to: Option<u64>,
}

impl Line {
    /// Hands the lock to whoever is first, if anybody is.
    fn release(&mut self) -> Option<Waker> {
        let next = self.waiting.pop_front();
        self.is_held = next.is_some();
        self.handed_to = next.as_ref().map(|(ticket, _)| *ticket);
        next.map(|(_, waker)| waker)
    }
}

pub struct OwnedMutexGuard<T>(Arc<AsyncMutex<T>>);

impl<T> std::fmt::Debug for OwnedMutexGuard<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnedMutexGuard")
    }
}

/// A place in the line.
struct Ticket<T> {
    mutex: Arc<AsyncMutex<T>>,
    number: Option<u64>,
}

impl<T> AsyncMutex<T> {
    pub fn new(_: T) -> Self {
        Self { line: Mutex::new(Line::default()), value: std::marker::PhantomData }
    }

    pub async fn lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let mut ticket = Ticket { mutex: Arc::clone(&self), number: None };
        poll_fn(|context| ticket.poll(context)).await;
        OwnedMutexGuard(self)
    }
}

impl<T> Ticket<T> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut line = self.mutex.line.lock().unwrap();
        if let Some(number) = self.number {
            if line.handed_to == Some(number) {
                line.handed_to = None;
                self.number = None;
                return Poll::Ready(());
            }
            if let Some(waiting) = line.waiting.iter_mut().find(|(ticket, _)| *ticket == number) {
                waiting.1 = context.waker().clone();
            }
            return Poll::Pending;
        }
        if !line.is_held {
            line.is_held = true;
            return Poll::Ready(());
        }
        line.tickets += 1;
        let number = line.tickets;
        self.number = Some(number);
        line.waiting.push_back((number, context.waker().clone()));
        Poll::Pending
    }
}

impl<T> Drop for Ticket<T> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut line = self.mutex.line.lock().unwrap();
        line.waiting.retain(|(ticket, _)| *ticket != number);
        let next = if line.handed_to == Some(number) { line.release() } else { None };
        drop(line);
        if let Some(waker) = next {
            waker.wake();
        }
    }
}

impl<T> Drop for OwnedMutexGuard<T> {
    fn drop(&mut self) {
        let next = self.0.line.lock().unwrap().release();
        if let Some(waker) = next {
            waker.wake();
        }
    }
}

#[derive(Debug)]
pub struct Semaphore(Mutex<usize>);

#[derive(Debug)]
pub struct OwnedSemaphorePermit(Arc<Semaphore>);

impl Semaphore {
    pub fn new(permits: usize) -> Self {
        Self(Mutex::new(permits))
    }

    pub fn available_permits(&self) -> usize {
        *self.0.lock().unwrap()
    }

    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, ()> {
        let mut free = self.0.lock().unwrap();
        *free = free.checked_sub(1).ok_or(())?;
        drop(free);
        Ok(OwnedSemaphorePermit(self))
    }
}

impl Drop for OwnedSemaphorePermit {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap() += 1;
    }
}

/// A flag that is set once, and those who wait for it.
#[derive(Debug)]
pub struct CancellationToken(Mutex<(bool, Vec<Waker>)>);

impl CancellationToken {
    pub fn new() -> Self {
        Self(Mutex::new((false, Vec::new())))
    }

    pub fn cancel(&self) {
        let mut state = self.0.lock().unwrap();
        state.0 = true;
        let waiting = std::mem::take(&mut state.1);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    pub async fn cancelled(&self) {
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap();
            if state.0 {
                return Poll::Ready(());
            }
            state.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Wakes one who waits, or else the next who will.
#[derive(Debug, Default)]
pub struct Notify(Mutex<(bool, Vec<Waker>)>);

impl Notify {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify_one(&self) {
        let mut state = self.0.lock().unwrap();
        state.0 = true;
        let waiting = std::mem::take(&mut state.1);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    pub async fn notified(&self) {
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap();
            if std::mem::take(&mut state.0) {
                return Poll::Ready(());
            }
            state.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
