//! What is learnt in training: the lesson that it begins with, who learns, and how far they have come.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::time::{nanoseconds, timestamp};
use super::{Store, StoreError};
use crate::rules::FagsystemId;
use crate::store::engine::{self, Connection, OptionalExtension, TransactionBehavior, params};

/// The lesson that training begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonUnderWay {
    /// What its file calls it.
    pub id: String,
    /// When its rules were published; `None` until then.
    pub begun_at: Option<Timestamp>,
}

/// How far somebody has come with a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonProgress {
    /// Who; empty until a name was given.
    pub learner: String,
    /// What the lesson's file calls it.
    pub lesson: String,
    /// When it was begun for the first time.
    pub begun_at: Timestamp,
    /// How often it was checked.
    pub checks: u64,
    /// When it was solved for the first time.
    pub solved_at: Option<Timestamp>,
    /// The fewest rules that it was solved with.
    pub rules: Option<usize>,
    /// The most hints that were shown.
    pub hints: usize,
}

/// A lesson that somebody has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLesson {
    /// What its file calls it.
    pub id: String,
    /// Its file.
    pub file: String,
}

impl Store {
    /// The lesson that training begins with; `None`: with the sample municipality.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn lesson_under_way(&self) -> Result<Option<LessonUnderWay>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT id, begun_at FROM lesson")?;
        let read = |row: &engine::Row<'_>| {
            Ok(LessonUnderWay { id: row.get(0)?, begun_at: row.get::<Option<i64>>(1)?.map(timestamp) })
        };
        Ok(statement.query_row([], read).optional()?)
    }

    /// Has training begin with that lesson from the next beginning on; `None`: with the sample municipality.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn choose_lesson(&self, id: Option<&str>) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute("DELETE FROM lesson", [])?;
            if let Some(id) = id {
                transaction.execute("INSERT INTO lesson (only_one, id, last_row) VALUES (1, ?1, 0)", [id])?;
            }
            Ok(())
        })
    }

    /// Records that the lesson that training begins with has begun: its rules are in force. What the journal has already does
    /// not count for it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn lesson_has_begun(&self, at: Timestamp) -> Result<(), StoreError> {
        self.learning(|transaction| {
            let at = nanoseconds(at);
            transaction.execute(
                "UPDATE lesson SET begun_at = ?1, last_row = (SELECT coalesce(max(number), 0) FROM journal)",
                [at],
            )?;
            transaction.execute(
                "INSERT INTO lesson_progress (learner, lesson, begun_at, checks)
                 SELECT coalesce((SELECT name FROM learner), ''), id, ?1, 0 FROM lesson WHERE true
                 ON CONFLICT DO NOTHING",
                [at],
            )?;
            Ok(())
        })
    }

    /// How many messages each fagsystem has accepted since the lesson that is under way began. One that came again after it had
    /// been accepted counts once.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn accepted_in_lesson(&self) -> Result<BTreeMap<FagsystemId, u64>, StoreError> {
        let last_row = "SELECT last_row FROM lesson";
        let last_row = self.connection().query_row(last_row, [], |row| row.get(0)).optional()?;
        last_row.map_or_else(|| Ok(BTreeMap::new()), |last_row| self.accepted_after(last_row))
    }

    /// How many messages each fagsystem has accepted in calls with a number above that one. One that came again after it had been
    /// accepted counts once.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn accepted_after(&self, last_row: i64) -> Result<BTreeMap<FagsystemId, u64>, StoreError> {
        let connection = self.journal()?;
        let mut statement = connection.prepare_cached(
            "SELECT fagsystem, count(*) FROM journal
             WHERE number > ?1 AND outcome = 'accepteret' AND repeats IS NULL
             AND fagsystem IS NOT NULL GROUP BY fagsystem",
        )?;
        let rows = statement.query_map([last_row], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?;
        let mut accepted = BTreeMap::new();
        for row in rows {
            let (id, count) = row?;
            accepted.extend(FagsystemId::new(&id).map(|id| (id, count.try_into().unwrap_or_default())));
        }
        Ok(accepted)
    }

    /// Records that the lesson was checked by who learns now, and solved with so many rules; `None`: not solved.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn lesson_checked(&self, id: &str, solved_with: Option<usize>, at: Timestamp) -> Result<(), StoreError> {
        self.learning(|transaction| {
            let (at, rules) = (nanoseconds(at), solved_with.map(|rules| i64::try_from(rules).unwrap_or(i64::MAX)));
            transaction.execute(
                "INSERT INTO lesson_progress (learner, lesson, begun_at, checks, solved_at, rules)
                 SELECT coalesce((SELECT name FROM learner), ''), ?1, ?2, 1, iif(?3 IS NULL, NULL, ?2), ?3 WHERE true
                 ON CONFLICT DO UPDATE SET
                     checks = checks + 1,
                     solved_at = coalesce(solved_at, excluded.solved_at),
                     rules = min(coalesce(rules, excluded.rules), coalesce(excluded.rules, rules))",
                params![id, at, rules],
            )?;
            Ok(())
        })
    }

    /// Records that so many hints of the lesson have been shown to who learns now.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn lesson_hints_shown(&self, id: &str, shown: usize, at: Timestamp) -> Result<(), StoreError> {
        self.learning(|transaction| {
            let (at, shown) = (nanoseconds(at), i64::try_from(shown).unwrap_or(i64::MAX));
            transaction.execute(
                "INSERT INTO lesson_progress (learner, lesson, begun_at, checks, hints)
                 SELECT coalesce((SELECT name FROM learner), ''), ?1, ?2, 0, ?3 WHERE true
                 ON CONFLICT DO UPDATE SET hints = max(hints, excluded.hints)",
                params![id, at, shown],
            )?;
            Ok(())
        })
    }

    /// Who learns at this machine now; empty until a name has been given.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn learner(&self) -> Result<String, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT name FROM learner")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Records who learns from now on. What was done before anybody had given a name is theirs.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn name_learner(&self, name: &str) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute(
                "INSERT INTO learner (only_one, name) VALUES (1, ?1) ON CONFLICT DO UPDATE SET name = excluded.name",
                [name],
            )?;
            transaction.execute("UPDATE OR IGNORE lesson_progress SET learner = ?1 WHERE learner = ''", [name])?;
            Ok(())
        })
    }

    /// Corrects the name of who learns now: what was done under the old one is theirs under the new one.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn correct_learner(&self, name: &str) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute(
                "UPDATE OR IGNORE lesson_progress SET learner = ?1 WHERE learner = (SELECT name FROM learner)",
                [name],
            )?;
            transaction.execute("UPDATE learner SET name = ?1", [name])?;
            Ok(())
        })
    }

    /// How far everybody has come, by their names.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn lesson_progress(&self) -> Result<Vec<LessonProgress>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT learner, lesson, begun_at, checks, solved_at, rules, hints FROM lesson_progress
             ORDER BY learner, lesson",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(LessonProgress {
                learner: row.get(0)?,
                lesson: row.get(1)?,
                begun_at: timestamp(row.get(2)?),
                checks: row.get::<i64>(3)?.try_into().unwrap_or_default(),
                solved_at: row.get::<Option<i64>>(4)?.map(timestamp),
                rules: row.get::<Option<i64>>(5)?.and_then(|rules| rules.try_into().ok()),
                hints: row.get::<i64>(6)?.try_into().unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The lessons that somebody has written, by their ids.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn stored_lessons(&self) -> Result<Vec<StoredLesson>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT id, file FROM lesson_files ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok(StoredLesson { id: row.get(0)?, file: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a lesson that somebody has written, in place of one with the same id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn keep_lesson(&self, lesson: &StoredLesson) -> Result<(), StoreError> {
        self.learning(|transaction| {
            transaction.execute(
                "INSERT INTO lesson_files (id, file) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET file = excluded.file",
                [&lesson.id, &lesson.file],
            )?;
            Ok(())
        })
    }

    /// Changes what is learnt, in training data alone.
    pub(super) fn learning<T>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.journal()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let is_training: bool =
            transaction.query_row("SELECT EXISTS (SELECT 1 FROM training)", [], |row| row.get(0))?;
        if !is_training {
            return Err(StoreError::NoTraining(self.path().to_owned()));
        }
        let changed = change(&transaction)?;
        self.place.commit(transaction)?;
        Ok(changed)
    }
}
