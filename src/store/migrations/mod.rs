//! The steps that bring a database of an older version up to date, in the order of their numbers. A step is never changed once
//! it has been released: databases that have run it would differ.

use rusqlite_migration::{M, Migrations};

pub(super) const STEPS: &[M<'_>] = &[
    M::up(include_str!("001_beginning.sql")),
    M::up(include_str!("002_workbench.sql")),
    M::up(include_str!("003_trust.sql")),
    M::up(include_str!("004_kle_plan.sql")),
    M::up(include_str!("005_same_message.sql")),
    M::up(include_str!("006_found_by.sql")),
    M::up(include_str!("007_callers.sql")),
    M::up(include_str!("008_plain_reasons.sql")),
    M::up(include_str!("009_transmission.sql")),
    M::up(include_str!("010_running_router.sql")),
    M::up(include_str!("011_times_as_integers.sql")),
    M::up(include_str!("012_service_levels.sql")),
    M::up(include_str!("013_reviews.sql")),
    M::up(include_str!("014_training.sql")),
    M::up(include_str!("015_lessons.sql")),
    M::up(include_str!("016_lesson_recording.sql")),
    M::up(include_str!("017_room.sql")),
    M::up(include_str!("018_arrivals.sql")),
];
/// Those of a database on a server.
pub(super) const SERVER_STEPS: &[&str] =
    &[include_str!("postgres/001_beginning.sql"), include_str!("postgres/002_roles.sql")];
pub(super) const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);
