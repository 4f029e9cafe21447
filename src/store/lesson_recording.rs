//! The lesson that a trainer records.

use jiff::Timestamp;

use super::time::{nanoseconds, timestamp};
use super::{Store, StoreError};
use crate::store::engine::{self, OptionalExtension, params};

/// A lesson that is being recorded or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonRecording {
    /// When it was begun.
    pub begun_at: Timestamp,
    /// The newest row of the journal at that time; 0 for none.
    pub last_row: i64,
    /// Whether its solution has been taken.
    pub is_over: bool,
    /// The lesson so far, as its file has it.
    pub lesson: String,
}

impl Store {
    /// The lesson that is being recorded or written; `None` where none is.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn lesson_recording(&self) -> Result<Option<LessonRecording>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT begun_at, last_row, is_over, lesson FROM lesson_recording")?;
        let read = |row: &engine::Row<'_>| {
            Ok(LessonRecording {
                begun_at: timestamp(row.get(0)?),
                last_row: row.get(1)?,
                is_over: row.get(2)?,
                lesson: row.get(3)?,
            })
        };
        Ok(statement.query_row([], read).optional()?)
    }

    /// Begins to record a lesson, in place of one that was recorded before. What the journal has already is no part of it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn begin_lesson_recording(&self, lesson: &str, at: Timestamp) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute("DELETE FROM lesson_recording", [])?;
            transaction.execute(
                "INSERT INTO lesson_recording (only_one, begun_at, last_row, is_over, lesson)
                 VALUES (1, ?1, (SELECT coalesce(max(number), 0) FROM journal), 0, ?2)",
                params![nanoseconds(at), lesson],
            )?;
            Ok(())
        })
    }

    /// Keeps the lesson with the solution that was recorded. Does nothing where it has been taken already.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn end_lesson_recording(&self, lesson: &str) -> Result<(), StoreError> {
        self.learning(|transaction| {
            let end = "UPDATE lesson_recording SET is_over = 1, lesson = ?1 WHERE NOT is_over";
            transaction.execute(end, [lesson])?;
            Ok(())
        })
    }

    /// Keeps the lesson as it is written now, if its solution has been taken.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn keep_lesson_recording(&self, lesson: &str) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute("UPDATE lesson_recording SET lesson = ?1 WHERE is_over", [lesson])?;
            Ok(())
        })
    }

    /// Forgets the lesson that was recorded.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn forget_lesson_recording(&self) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute("DELETE FROM lesson_recording", [])?;
            Ok(())
        })
    }
}
