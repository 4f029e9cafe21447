use std::fmt;
use std::net::SocketAddr;

use jiff::Timestamp;

use crate::store::PublicationNumber;

/// A kind of program that runs a router.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The desktop application.
    Window,
    /// `postfordeler serve`.
    Serve,
}

impl Program {
    const ALL: [(Self, &'static str); 2] = [(Self::Window, "vindue"), (Self::Serve, "serve")];

    pub(super) fn code(self) -> &'static str {
        Self::ALL.iter().find(|(program, _)| *program == self).map_or("", |(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(program, _)| *program)
    }
}

/// Whether a router runs on a data directory now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouterNow {
    /// None does.
    Nobody,
    /// One does, of which this is known; `None`: it says nothing of itself, as one of an earlier version does.
    Runs(Option<RunningRouter>),
}

/// What a running router says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningRouter {
    /// What runs it; `None`: neither of those.
    pub program: Option<Program>,
    /// The number that the system knows the program by.
    pub process: u32,
    /// When it was started.
    pub since: Timestamp,
    /// Where it listens; `None` while it is still starting.
    pub address: Option<SocketAddr>,
    /// Whether it accepts TLS connections only.
    pub is_encrypted: bool,
    /// The publication that it follows; `None`: none.
    pub publication: Option<PublicationNumber>,
}

impl fmt::Display for RunningRouter {
    /// For who reads a log: `'postfordeler serve' (process 4711) at 127.0.0.1:8606, since 2026-11-26T20:14:48Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.program {
            Some(Program::Window) => "a Postfordeler window",
            Some(Program::Serve) => "'postfordeler serve'",
            None => "a program",
        })?;
        write!(f, " (process {})", self.process)?;
        match self.address {
            Some(address) => write!(f, " at {address}")?,
            None => write!(f, ", which is starting")?,
        }
        write!(f, ", since {:.0}", self.since)
    }
}
