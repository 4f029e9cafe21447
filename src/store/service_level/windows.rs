use crate::rules::FagsystemId;
use crate::service_level::{ServiceWindow, Span, WindowScope};
use crate::store::engine::{self, Connection, Row, TransactionBehavior, params};
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

const ALL: &str = "alt";
const ROUTER: &str = "router";
const FAGSYSTEM: &str = "fagsystem";

impl Store {
    /// Every service window, the one that begins last first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn service_windows(&self) -> Result<Vec<ServiceWindow>, StoreError> {
        Ok(service_windows(&self.connection())?)
    }

    /// Enters a service window, and returns its number; `None`, and nothing is entered, if there are [`ServiceWindow::MOST`]
    /// already. One that has a number takes the place of the one with that number, unless that is gone.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn enter_service_window(&self, window: &ServiceWindow) -> Result<Option<i64>, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (begin, end) = (nanoseconds(window.span.begin), nanoseconds(window.span.end));
        let entered_at = nanoseconds(window.entered_at);
        let (scope, authority, fagsystem) = match &window.scope {
            WindowScope::All => (ALL, String::new(), ""),
            WindowScope::Router => (ROUTER, String::new(), ""),
            WindowScope::Fagsystem(authority, fagsystem) => (FAGSYSTEM, authority.to_string(), fagsystem.as_str()),
        };
        let changed = transaction.execute(
            r#"UPDATE service_windows
               SET begin = ?1, "end" = ?2, scope = ?3, authority = ?4, fagsystem = ?5, note = ?6, entered_at = ?7
               WHERE number = ?8"#,
            params![begin, end, scope, authority, fagsystem, window.note, entered_at, window.number],
        )?;
        if changed > 0 {
            self.place.commit(transaction)?;
            return Ok(Some(window.number));
        }
        let count: u32 = transaction.query_row("SELECT count(*) FROM service_windows", [], |row| row.get(0))?;
        if count >= ServiceWindow::MOST {
            return Ok(None);
        }
        let number = transaction.insert(
            r#"INSERT INTO service_windows (begin, "end", scope, authority, fagsystem, note, entered_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"#,
            params![begin, end, scope, authority, fagsystem, window.note, entered_at],
        )?;
        self.place.commit(transaction)?;
        Ok(Some(number))
    }

    /// Deletes a service window; one that is gone already stays gone.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn delete_service_window(&self, number: i64) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM service_windows WHERE number = ?1", [number])?;
        self.place.commit(transaction)
    }
}

pub(super) fn service_windows(connection: &Connection) -> engine::Result<Vec<ServiceWindow>> {
    let mut statement = connection.prepare(
        r#"SELECT number, begin, "end", scope, authority, fagsystem, note, entered_at
           FROM service_windows ORDER BY begin DESC, number DESC LIMIT ?1"#,
    )?;
    let (mut rows, mut windows) = (statement.query([ServiceWindow::MOST])?, Vec::new());
    while let Some(row) = rows.next()? {
        windows.extend(window_of(&row)?);
    }
    Ok(windows)
}

/// A window of a scope that only a newer program knows cuts nothing out.
fn window_of(row: &Row<'_>) -> engine::Result<Option<ServiceWindow>> {
    let text = |column: usize| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
    let scope = match text(3)? {
        ALL => Some(WindowScope::All),
        ROUTER => Some(WindowScope::Router),
        FAGSYSTEM => text(4)?
            .parse()
            .ok()
            .zip(FagsystemId::new(text(5)?))
            .map(|(authority, fagsystem)| WindowScope::Fagsystem(authority, fagsystem)),
        _ => None,
    };
    let Some(scope) = scope else { return Ok(None) };
    Ok(Some(ServiceWindow {
        number: row.get(0)?,
        span: Span::new(timestamp(row.get(1)?), timestamp(row.get(2)?)),
        scope,
        note: row.get(6)?,
        entered_at: timestamp(row.get(7)?),
    }))
}
