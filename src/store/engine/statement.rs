use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use rusqlite::CachedStatement;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use super::parameters::{Place, params_from_iter};
use super::postgres::{self, Session};
use super::rows::MappedRows;
use super::{Parameters, Result, Row, Rows};

/// A statement that has been prepared.
pub(in crate::store) struct Statement<'c>(Prepared<'c>);

enum Prepared<'c> {
    Sqlite(OfSqlite<'c>),
    Postgres(&'c Session, Arc<postgres::Prepared>),
}

enum OfSqlite<'c> {
    Once(rusqlite::Statement<'c>),
    Kept(CachedStatement<'c>),
}

impl<'c> Statement<'c> {
    pub(super) fn once(statement: rusqlite::Statement<'c>) -> Self {
        Self(Prepared::Sqlite(OfSqlite::Once(statement)))
    }

    pub(super) fn kept(statement: CachedStatement<'c>) -> Self {
        Self(Prepared::Sqlite(OfSqlite::Kept(statement)))
    }

    pub(super) fn of_session(session: &'c Session, prepared: Arc<postgres::Prepared>) -> Self {
        Self(Prepared::Postgres(session, prepared))
    }

    /// Carries it out. Returns how many rows it has changed.
    pub fn execute(&mut self, parameters: impl Parameters) -> Result<usize> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                statement.bind(parameters)?;
                Ok(statement.raw_execute()?)
            }
            Prepared::Postgres(session, prepared) => Ok(session.execute(prepared, &values(prepared, parameters)?)?),
        }
    }

    /// To carry it out for several sets of values.
    pub fn for_each_of_many(self) -> Many<'c> {
        Many { statement: self, sets: Vec::new() }
    }

    /// Reads its rows.
    pub fn query(&mut self, parameters: impl Parameters) -> Result<Rows<'_>> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                statement.bind(parameters)?;
                Ok(Rows::of_sqlite(statement.raw_query()))
            }
            Prepared::Postgres(session, prepared) => {
                Ok(Rows::read(session.query(prepared, &values(prepared, parameters)?)?))
            }
        }
    }

    /// Reads its rows where they may be very many, so that few are in memory at a time.
    pub fn query_many(&mut self, parameters: impl Parameters) -> Result<Rows<'_>> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                statement.bind(parameters)?;
                Ok(Rows::of_sqlite(statement.raw_query()))
            }
            Prepared::Postgres(session, prepared) => {
                let cursor = session.declare(&prepared.sql, &values(prepared, parameters)?)?;
                Ok(Rows::fetched(session, cursor))
            }
        }
    }

    /// Reads each of its rows.
    pub fn query_map<T, F: FnMut(&Row<'_>) -> Result<T>>(
        &mut self,
        parameters: impl Parameters,
        read: F,
    ) -> Result<MappedRows<'_, F>> {
        Ok(MappedRows { rows: self.query(parameters)?, read })
    }

    /// Reads the first row.
    pub fn query_row<T>(&mut self, parameters: impl Parameters, read: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        let mut rows = self.query(parameters)?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        read(&row)
    }
}

/// A statement and several sets of values that it is carried out for, in order. On a server all of them take one round trip.
pub(in crate::store) struct Many<'c> {
    statement: Statement<'c>,
    sets: Vec<Vec<Value>>,
}

impl Many<'_> {
    /// Adds a set of values.
    pub fn add(&mut self, parameters: impl Parameters) -> Result<()> {
        let set = match &self.statement.0 {
            Prepared::Sqlite(statement) => {
                let number = |name: &str| statement.parameter_index(name).ok().flatten();
                in_order(statement.parameter_count(), number, parameters)?
            }
            Prepared::Postgres(_, prepared) => in_order_of(prepared, parameters)?,
        };
        self.sets.push(set);
        Ok(())
    }

    /// Carries it out. Returns how many rows it has changed for each set.
    pub fn execute(mut self) -> Result<Vec<usize>> {
        match &self.statement.0 {
            Prepared::Sqlite(_) => {
                let sets = std::mem::take(&mut self.sets);
                sets.into_iter().map(|set| self.statement.execute(params_from_iter(set))).collect()
            }
            Prepared::Postgres(session, prepared) => Ok(session.execute_each(prepared, &as_sent(self.sets))?),
        }
    }

    /// Reads its rows for each set. They should be few.
    pub fn query(mut self) -> Result<Vec<Rows<'static>>> {
        match &self.statement.0 {
            Prepared::Sqlite(_) => {
                let sets = std::mem::take(&mut self.sets);
                sets.into_iter().map(|set| self.statement.query(params_from_iter(set))?.into_read()).collect()
            }
            Prepared::Postgres(session, prepared) => {
                Ok(session.query_each(prepared, &as_sent(self.sets))?.into_iter().map(Rows::read).collect())
            }
        }
    }
}

fn as_sent(sets: Vec<Vec<Value>>) -> Vec<Vec<postgres::Parameter>> {
    sets.into_iter().map(|set| set.into_iter().map(postgres::Parameter).collect()).collect()
}

impl OfSqlite<'_> {
    fn bind(&mut self, parameters: impl Parameters) -> Result<()> {
        let (statement, mut bound) = (&mut **self, 0);
        parameters.each(&mut |place, value| {
            let number = match place {
                Place::Number(number) => number,
                Place::Name(name) => {
                    let unknown = || rusqlite::Error::InvalidParameterName(name.to_owned());
                    statement.parameter_index(name)?.ok_or_else(unknown)?
                }
            };
            bound += 1;
            Ok(statement.raw_bind_parameter(number, value)?)
        })?;
        let wanted = statement.parameter_count();
        if bound == wanted { Ok(()) } else { Err(rusqlite::Error::InvalidParameterCount(bound, wanted).into()) }
    }
}

/// The values in the order of their numbers.
fn values(prepared: &postgres::Prepared, parameters: impl Parameters) -> Result<Vec<postgres::Parameter>> {
    Ok(in_order_of(prepared, parameters)?.into_iter().map(postgres::Parameter).collect())
}

fn in_order_of(prepared: &postgres::Prepared, parameters: impl Parameters) -> Result<Vec<Value>> {
    let number = |name: &str| prepared.names.iter().position(|known| known == name).map(|index| index + 1);
    in_order(prepared.statement.params().len(), number, parameters)
}

/// The same, of so many parameters, where that is the number of a named one.
fn in_order(wanted: usize, number: impl Fn(&str) -> Option<usize>, parameters: impl Parameters) -> Result<Vec<Value>> {
    let mut values: Vec<Option<Value>> = vec![None; wanted];
    let mut bound = 0;
    parameters.each(&mut |place, value| {
        let number = match place {
            Place::Number(number) => Some(number),
            Place::Name(name) => number(name),
        };
        bound += 1;
        if let Some(empty) = number.and_then(|number| values.get_mut(number - 1)) {
            *empty = Some(owned(value)?);
        }
        Ok(())
    })?;
    match values.into_iter().collect() {
        Some(values) if bound == wanted => Ok(values),
        _ => Err(rusqlite::Error::InvalidParameterCount(bound, wanted).into()),
    }
}

fn owned(value: &dyn ToSql) -> Result<Value> {
    match value.to_sql()? {
        ToSqlOutput::Owned(value) => Ok(value),
        ToSqlOutput::Borrowed(value) => Ok(match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        }),
        _ => Err(rusqlite::Error::InvalidQuery.into()),
    }
}

impl<'c> Deref for OfSqlite<'c> {
    type Target = rusqlite::Statement<'c>;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Once(statement) => statement,
            Self::Kept(statement) => statement,
        }
    }
}

impl DerefMut for OfSqlite<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Once(statement) => statement,
            Self::Kept(statement) => statement,
        }
    }
}
