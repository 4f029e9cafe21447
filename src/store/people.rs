//! Who works on a database on a server, and what they may do there. Both are the server's to say.

use jiff::Timestamp;

use super::database::WINDOW;
use super::engine::{self, params};
use super::{Imprint, PostgresError, Store, StoreError};

/// What the user of a database may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions {
    /// Whether they may edit and publish: the role `postfordeler_editor`. Everything in a data directory is its user's.
    pub may_edit: bool,
    /// Whether they may run a router: the role `postfordeler_router`.
    pub may_route: bool,
}

impl Permissions {
    /// Makes sure that they may run a router.
    pub(in crate::store) fn to_route(self) -> Result<(), StoreError> {
        let message = "it has not the role postfordeler_router".to_owned();
        if self.may_route { Ok(()) } else { Err(engine::Error::from(PostgresError::NotAllowed { message }).into()) }
    }
}

impl Default for Permissions {
    /// Everything.
    fn default() -> Self {
        Self { may_edit: true, may_route: true }
    }
}

/// A window that somebody has open on the same database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OtherWindow {
    /// The user of the database.
    pub user: String,
    /// The machine that it is open on.
    pub machine: String,
}

impl Store {
    /// What the user of the database may do.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn permissions(&self) -> Result<Permissions, StoreError> {
        if self.server().is_none() {
            return Ok(Permissions::default());
        }
        let query = "SELECT has_table_privilege('publications', 'INSERT') AND has_table_privilege('draft', 'UPDATE'),
                            has_table_privilege('journal', 'INSERT') AND has_table_privilege('claims', 'INSERT')";
        let permissions = self
            .connection()
            .query_row(query, [], |row| Ok(Permissions { may_edit: row.get(0)?, may_route: row.get(1)? }));
        Ok(permissions?)
    }

    /// The user as whom the database is asked; `None` where it is in the data directory.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn user_name(&self) -> Result<Option<String>, StoreError> {
        if self.server().is_none() {
            return Ok(None);
        }
        Ok(Some(self.connection().query_row("SELECT session_user::text", [], |row| row.get(0))?))
    }

    /// What a publication of now says of who makes it: the user of the database, or where that has none, of the system.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn imprint(&self, note: impl Into<String>) -> Result<Imprint, StoreError> {
        let by = self.user_name()?.unwrap_or_else(Imprint::user);
        Ok(Imprint { at: Timestamp::now(), by, note: note.into() })
    }

    /// The windows that others have open on the same database, in order; none where it is in the data directory.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn other_windows(&self) -> Result<Vec<OtherWindow>, StoreError> {
        if self.server().is_none() {
            return Ok(Vec::new());
        }
        let query = "SELECT DISTINCT usename::text, application_name FROM pg_stat_activity
                     WHERE datname = current_database() AND strpos(application_name, ?1) > 0 AND application_name <> ?2";
        let connection = self.connection();
        let mut query = connection.prepare_cached(query)?;
        let windows = query.query_map(params![WINDOW, self.name_on_server()], |row| {
            let (user, name): (String, String) = (row.get(0)?, row.get(1)?);
            let (router, _) = name.split_once(WINDOW).unwrap_or((&name, ""));
            // What tells several of a machine from each other says nothing to people.
            let machine = router.rsplit_once('-').map_or(router, |(machine, _)| machine);
            Ok(OtherWindow { user, machine: machine.to_owned() })
        })?;
        let mut windows = windows.collect::<engine::Result<Vec<_>>>()?;
        windows.sort();
        Ok(windows)
    }
}
