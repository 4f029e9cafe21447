//! The engine that the database runs on. What the rest of the store asks, it asks in SQL that is said once.
//!
//! Values, and how they become parameters and results, are rusqlite's own. A [`Connection`] prepares a [`Statement`], that gives
//! [`Rows`]; a [`Transaction`] is rolled back unless it is committed.

mod connection;
mod error;
mod parameters;
mod postgres;
mod rows;
mod statement;

pub(super) use rusqlite::types::{Value, ValueRef};
pub(super) use rusqlite::{ToSql, named_params, params};

pub(super) use self::connection::{Connection, Transaction, TransactionBehavior};
pub use self::error::Error;
pub(super) use self::error::{OptionalExtension, Result};
pub(super) use self::parameters::{Parameters, params_from_iter};
pub(super) use self::postgres::Listener;
pub use self::postgres::{Address, AddressError, PostgresError, ServerFlaw};
pub(super) use self::rows::{Row, Rows};
pub(super) use self::statement::{Many, Statement};
