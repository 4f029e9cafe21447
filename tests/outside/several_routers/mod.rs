//! Several routers that share a database on a server: a message goes to one fagsystem, whichever of them it comes to.

mod campaign;
mod claims;
mod commits;
mod moving;
mod people;
mod running;
mod standing;

use std::path::Path;

use postfordeler::store::{Address, Store};
use tempfile::TempDir;

use crate::support::server;

/// Data directories of several routers, and the database that they share.
struct Shared {
    address: Address,
    homes: Vec<TempDir>,
}

impl Shared {
    fn new(routers: usize) -> Self {
        let homes: Vec<_> = (0..routers).map(|_| TempDir::new().expect("a directory")).collect();
        Self { address: server::database_of(homes[0].path()), homes }
    }

    fn open(&self, router: usize) -> Store {
        Store::open_on_server(self.homes[router].path(), &self.address).expect("the store opens")
    }

    fn home(&self, router: usize) -> &Path {
        self.homes[router].path()
    }

    /// Carries out SQL, and returns what it prints.
    fn sql(&self, sql: &str) -> String {
        server::sql(&self.address, sql)
    }

    /// Lets all claims lapse, as if their routers had not reached the database for long.
    fn let_claims_lapse(&self) {
        self.sql("UPDATE claims SET lease_ends = now() - interval '1 second'");
    }
}
