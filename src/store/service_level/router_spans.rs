use crate::service_level::{Attendance, RouterSpan, Span};
use crate::store::engine::{self, Connection, TransactionBehavior, params};
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

impl Store {
    /// Stores spans of what a router could do, in the order in which they came. One that is stored already, which its beginning
    /// tells, is made as long as it is now.
    ///
    /// A clock that has been put back shows times for which something is stored already. What was said then of mail being
    /// taken after the beginning of a new span is taken back: it had not happened yet.
    ///
    /// # Errors
    ///
    /// The database refuses; then nothing is stored.
    pub fn record_router_spans(&self, spans: &[RouterSpan]) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for RouterSpan { span, state } in spans {
            let (begin, end, ready) = (nanoseconds(span.begin), nanoseconds(span.end), Attendance::Ready.code());
            let goes_on = transaction.execute(
                r#"UPDATE router_spans SET "end" = max("end", ?2), state = ?3 WHERE begin = ?1"#,
                params![begin, end, state.code()],
            )?;
            if goes_on > 0 {
                continue;
            }
            transaction.execute("DELETE FROM router_spans WHERE begin > ?1 AND state = ?2", params![begin, ready])?;
            transaction.execute(
                r#"UPDATE router_spans SET "end" = ?1 WHERE begin < ?1 AND "end" > ?1 AND state = ?2"#,
                params![begin, ready],
            )?;
            transaction.execute("INSERT INTO router_spans VALUES (?1, ?2, ?3)", params![begin, end, state.code()])?;
        }
        self.place.commit(transaction)
    }
}

/// The spans that have any time in that one.
pub(super) fn router_spans(connection: &Connection, within: Span) -> engine::Result<Vec<RouterSpan>> {
    let mut statement =
        connection.prepare(r#"SELECT begin, "end", state FROM router_spans WHERE begin < ?1 AND "end" > ?2"#)?;
    let (mut rows, mut spans) = (statement.query([nanoseconds(within.end), nanoseconds(within.begin)])?, Vec::new());
    while let Some(row) = rows.next()? {
        // A state of a newer program is none that is known.
        let state = row.get_ref(2)?.as_str().ok().and_then(Attendance::from_code);
        let span = Span::new(timestamp(row.get(0)?), timestamp(row.get(1)?));
        spans.extend(state.map(|state| RouterSpan { span, state }));
    }
    Ok(spans)
}
