use std::vec;

use rusqlite::types::{FromSql, Value, ValueRef};

use super::postgres::Session;
use super::{Error, Result};

/// The rows that a statement gives, one after the other.
pub(in crate::store) struct Rows<'s>(Source<'s>);

enum Source<'s> {
    Sqlite(rusqlite::Rows<'s>),
    Read { rest: vec::IntoIter<Vec<Value>>, now: Vec<Value> },
    Fetched { cursor: Cursor<'s>, rest: vec::IntoIter<Vec<Value>>, now: Vec<Value> },
}

/// Where the rest of a long answer is on the server.
struct Cursor<'s> {
    session: &'s Session,
    name: String,
}

impl Drop for Cursor<'_> {
    fn drop(&mut self) {
        self.session.close(&self.name);
    }
}

impl<'s> Rows<'s> {
    pub(super) fn of_sqlite(rows: rusqlite::Rows<'s>) -> Self {
        Self(Source::Sqlite(rows))
    }

    pub(super) fn read(rows: Vec<Vec<Value>>) -> Self {
        Self(Source::Read { rest: rows.into_iter(), now: Vec::new() })
    }

    pub(super) fn fetched(session: &'s Session, name: String) -> Self {
        Self(Source::Fetched { cursor: Cursor { session, name }, rest: Vec::new().into_iter(), now: Vec::new() })
    }

    /// The same rows once all of them are in memory.
    pub(super) fn into_read(mut self) -> Result<Rows<'static>> {
        let mut read = Vec::new();
        while let Some(row) = self.next()? {
            read.push(row.values()?);
        }
        Ok(Rows::read(read))
    }

    /// The next one; `None` after the last.
    pub fn next(&mut self) -> Result<Option<Row<'_>>> {
        match &mut self.0 {
            Source::Sqlite(rows) => Ok(rows.next()?.map(|row| Row(Columns::Sqlite(row)))),
            Source::Read { rest, now } => Ok(rest.next().map(|row| {
                *now = row;
                Row(Columns::Read(now))
            })),
            Source::Fetched { cursor, rest, now } => {
                if rest.as_slice().is_empty() {
                    *rest = cursor.session.fetch(&cursor.name)?.into_iter();
                }
                Ok(rest.next().map(|row| {
                    *now = row;
                    Row(Columns::Read(now))
                }))
            }
        }
    }
}

/// One row.
pub(in crate::store) struct Row<'r>(Columns<'r>);

enum Columns<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Read(&'r [Value]),
}

impl Row<'_> {
    fn values(&self) -> Result<Vec<Value>> {
        match self.0 {
            Columns::Sqlite(row) => (0..row.as_ref().column_count()).map(|column| Ok(row.get(column)?)).collect(),
            Columns::Read(values) => Ok(values.to_vec()),
        }
    }

    /// The value of a column, by its number from 0.
    pub fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        match self.0 {
            Columns::Sqlite(row) => Ok(row.get(column)?),
            Columns::Read(_) => Ok(T::column_result(self.get_ref(column)?)?),
        }
    }

    /// The same, as it is.
    pub fn get_ref(&self, column: usize) -> Result<ValueRef<'_>> {
        match self.0 {
            Columns::Sqlite(row) => Ok(row.get_ref(column)?),
            Columns::Read(values) => {
                let value = values.get(column).ok_or(rusqlite::Error::InvalidColumnIndex(column));
                Ok(value.map(ValueRef::from).map_err(Error::from)?)
            }
        }
    }
}

/// Each row as it is read.
pub(in crate::store) struct MappedRows<'s, F> {
    pub(super) rows: Rows<'s>,
    pub(super) read: F,
}

impl<T, F: FnMut(&Row<'_>) -> Result<T>> Iterator for MappedRows<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next().transpose()?;
        Some(row.and_then(|row| (self.read)(&row)))
    }
}
