//! The routers that share a database on a server, as it knows them.
//!
//! Each says every five seconds that it runs. Whether it still does is told by the server's clock alone: no two machines have to
//! agree on the time.

use jiff::Timestamp;

use super::directory_lock::DirectoryLock;
use super::program::RunningRouter;
use super::running::{SAID, said};
use crate::store::engine::{self, params};
use crate::store::{Store, StoreError};

/// A router that has said nothing for so many seconds counts as silent: three heartbeats have failed to come.
const SILENT_AFTER: i64 = 15;
/// A router that nothing was heard of for so many days is left out.
const KNOWN_FOR: i64 = 7;

/// One of the routers that share a database on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingRouter {
    /// Its name among them.
    pub name: String,
    /// Whether it is the one of this data directory.
    pub is_own: bool,
    /// Whether it runs.
    pub life: RouterLife,
    /// What it said of itself when it was last heard of; `None` once it has ended.
    pub says: Option<RunningRouter>,
    /// How many messages it is delivering: the claims that it holds.
    pub under_way: u64,
    /// How many calls it has answered since it began: how many fagsystems accepted, and how many came to another end.
    pub answered: (u64, u64),
}

/// Whether a router that shares a database runs. Times are by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouterLife {
    /// It has said so within fifteen seconds.
    Runs,
    /// It has not, and has not said that it ends: it was killed, or cannot reach the database.
    Silent {
        /// When it was last heard of.
        since: Timestamp,
    },
    /// It has come to its proper end.
    Ended {
        /// When.
        at: Timestamp,
    },
}

impl Store {
    /// The name of a router that shares the database and runs, if there is one.
    pub(in crate::store) fn router_that_shares(&self) -> Result<Option<String>, StoreError> {
        let mut routers = self.sharing_routers()?.unwrap_or_default().into_iter();
        Ok(routers.find(|router| router.life == RouterLife::Runs).map(|router| router.name))
    }

    /// The routers that share the database, by name, without those of which nothing was heard for seven days; `None` where the database
    /// is in the data directory, and has one router at most.
    ///
    /// # Errors
    ///
    /// The lock or the database cannot be read.
    pub fn sharing_routers(&self) -> Result<Option<Vec<SharingRouter>>, StoreError> {
        let Some(own) = self.router_name() else { return Ok(None) };
        let own_runs = DirectoryLock::is_taken(self.directory())?;
        let query = format!(
            "SELECT {SAID}, name, (extract(epoch FROM seen_at) * 1000000)::bigint,
                    seen_at > now() - make_interval(secs => ?1::bigint),
                    (SELECT count(*) FROM claims WHERE claims.router = routers.name), accepted, not_accepted
             FROM routers WHERE seen_at > now() - make_interval(days => ?2::int) ORDER BY name"
        );
        let connection = self.connection();
        let mut routers = connection.prepare_cached(&query)?;
        let routers = routers.query_map(params![SILENT_AFTER, KNOWN_FOR], |row| {
            let (says, name): (_, String) = (said(row)?, row.get(6)?);
            let is_own = name == own;
            let heard_at = Timestamp::from_microsecond(row.get(7)?).unwrap_or_default();
            // Of this directory's router the lock knows at once.
            let is_heard = row.get(8)? && (own_runs || !is_own);
            let life = match &says {
                None => RouterLife::Ended { at: heard_at },
                Some(_) if is_heard => RouterLife::Runs,
                Some(_) => RouterLife::Silent { since: heard_at },
            };
            let count =
                |column: usize| Ok::<u64, engine::Error>(row.get::<i64>(column)?.try_into().unwrap_or_default());
            let (under_way, answered) = (count(9)?, (count(10)?, count(11)?));
            Ok(SharingRouter { name, is_own, life, says, under_way, answered })
        })?;
        Ok(Some(routers.collect::<Result<_, _>>()?))
    }
}
