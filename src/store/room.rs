//! The progress of a room: what was learnt on other machines, taken in from their files.

use jiff::Timestamp;
use uuid::Uuid;

use super::lessons::LessonProgress;
use super::time::{nanoseconds, timestamp};
use super::{Store, StoreError};
use crate::store::engine::{self, Connection, OptionalExtension, params};

/// How far people have come on one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineProgress {
    /// What tells its progress from that of other machines.
    pub machine: Uuid,
    /// What its system calls it; may be empty.
    pub name: String,
    /// When it was saved, by the machine's own clock.
    pub saved_at: Timestamp,
    /// How far each person has come there with each lesson, none of them twice.
    pub progress: Vec<LessonProgress>,
}

/// What became of the progress of a machine that was to be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathered {
    /// It is there now.
    Added,
    /// It has taken the place of what the same machine had saved before.
    Replaced,
    /// The same was there already; nothing has changed.
    Known,
    /// What is there was saved later; nothing has changed.
    Older,
    /// It is what these data have saved themselves; nothing has changed.
    Own,
}

impl Gathered {
    /// Each of them.
    pub const ALL: [Self; 5] = [Self::Added, Self::Replaced, Self::Known, Self::Older, Self::Own];
}

impl Store {
    /// What tells the progress of these data from that of others; `None` until it was saved for the first time.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn progress_machine(&self) -> Result<Option<Uuid>, StoreError> {
        Ok(own_machine(&self.connection())?)
    }

    /// The same, drawn where there is none yet. It is not drawn sooner, so that copies of these data that nobody has learnt with
    /// tell themselves apart.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn draw_progress_machine(&self) -> Result<Uuid, StoreError> {
        self.learning(|transaction| {
            if let Some(known) = own_machine(transaction)? {
                return Ok(known);
            }
            let drawn = Uuid::new_v4();
            transaction.execute(
                "INSERT INTO progress_machine (only_one, id) VALUES (1, ?1)
                 ON CONFLICT DO UPDATE SET id = excluded.id",
                [drawn.to_string()],
            )?;
            Ok(drawn)
        })
    }

    /// What was taken in from other machines, by the machines' names.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn room_progress(&self) -> Result<Vec<MachineProgress>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT id, name, saved_at FROM room_machines ORDER BY name, id")?;
        let machines = statement.query_map([], |row| Ok((row.get::<String>(0)?, row.get(1)?, row.get(2)?)))?;
        let machines = machines.collect::<Result<Vec<(String, String, i64)>, _>>()?;
        let mut room = Vec::with_capacity(machines.len());
        for (id, name, saved_at) in machines {
            let Ok(machine) = id.parse() else { continue };
            let progress = progress_on(&connection, &id)?;
            room.push(MachineProgress { machine, name, saved_at: timestamp(saved_at), progress });
        }
        Ok(room)
    }

    /// Takes in what was learnt on another machine. What it had saved later stays.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses. Nothing has changed then.
    pub fn gather_progress(&self, from: &MachineProgress) -> Result<Gathered, StoreError> {
        self.learning(|transaction| {
            if own_machine(transaction)? == Some(from.machine) {
                return Ok(Gathered::Own);
            }
            let (id, saved_at) = (from.machine.to_string(), nanoseconds(from.saved_at));
            let mut statement = transaction.prepare_cached("SELECT saved_at FROM room_machines WHERE id = ?1")?;
            let known: Option<i64> = statement.query_row([&id], |row| row.get(0)).optional()?;
            let gathered = match known {
                None => Gathered::Added,
                Some(known) if known == saved_at => return Ok(Gathered::Known),
                Some(known) if known > saved_at => return Ok(Gathered::Older),
                Some(_) => Gathered::Replaced,
            };
            forget(transaction, &id)?;
            transaction.execute(
                "INSERT INTO room_machines (id, name, saved_at) VALUES (?1, ?2, ?3)",
                params![id, from.name, saved_at],
            )?;
            let mut statement = transaction.prepare_cached(
                "INSERT INTO room_progress (machine, learner, lesson, begun_at, checks, hints, solved_at, rules)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for line in &from.progress {
                let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
                statement.execute(params![
                    id,
                    line.learner,
                    line.lesson,
                    nanoseconds(line.begun_at),
                    number(line.checks),
                    number(line.hints as u64),
                    line.solved_at.map(nanoseconds),
                    line.rules.map(|rules| number(rules as u64)),
                ])?;
            }
            Ok(gathered)
        })
    }

    /// Removes what was taken in from that machine; `None`: from all.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; or the database refuses.
    pub fn forget_room(&self, machine: Option<Uuid>) -> Result<(), StoreError> {
        self.learning(|transaction| {
            if let Some(machine) = machine {
                return forget(transaction, &machine.to_string());
            }
            transaction.execute("DELETE FROM room_progress", [])?;
            transaction.execute("DELETE FROM room_machines", [])?;
            Ok(())
        })
    }
}

fn own_machine(connection: &Connection) -> Result<Option<Uuid>, engine::Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM progress_machine")?;
    let id: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(id.and_then(|id| id.parse().ok()))
}

fn forget(connection: &Connection, machine: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM room_progress WHERE machine = ?1", [machine])?;
    connection.execute("DELETE FROM room_machines WHERE id = ?1", [machine])?;
    Ok(())
}

fn progress_on(connection: &Connection, machine: &str) -> Result<Vec<LessonProgress>, engine::Error> {
    let mut statement = connection.prepare_cached(
        "SELECT learner, lesson, begun_at, checks, hints, solved_at, rules FROM room_progress
         WHERE machine = ?1 ORDER BY learner, lesson",
    )?;
    let rows = statement.query_map([machine], |row| {
        Ok(LessonProgress {
            learner: row.get(0)?,
            lesson: row.get(1)?,
            begun_at: timestamp(row.get(2)?),
            checks: row.get::<i64>(3)?.try_into().unwrap_or_default(),
            hints: row.get::<i64>(4)?.try_into().unwrap_or_default(),
            solved_at: row.get::<Option<i64>>(5)?.map(timestamp),
            rules: row.get::<Option<i64>>(6)?.and_then(|rules| rules.try_into().ok()),
        })
    })?;
    rows.collect()
}
