//! The routers that share a database on a server, in English.

use super::grammar::counted;
use crate::desktop::language::texts::routers::{RouterColumns, RouterTroubleTexts, RoutersTexts};
use crate::store::Program;

pub(super) const TEXTS: RoutersTexts = RoutersTexts {
    title: "Routers",
    running: counted("1 running", |count| format!("{count} running")),
    silent: counted("1 silent", |count| format!("{count} silent")),
    ended: counted("1 stopped", |count| format!("{count} stopped")),
    columns: RouterColumns {
        name: "Router",
        life: "State",
        address: "Receives at",
        publication: "Follows",
        under_way: "In progress",
        accepted: "Accepted",
    },
    runs: "Running",
    is_starting: "Starting …",
    is_silent: "Silent",
    has_ended: "Stopped",
    since: |moment| format!("since {moment}"),
    own: "of this data directory",
    program: |program| match program {
        Some(Program::Window) => "a window",
        Some(Program::Serve) => "“postfordeler serve”",
        None => "a program",
    },
    run_by: |program, since| format!("{program} since {since}"),
    publication: |number| format!("publication {number}"),
    not_accepted: |count| format!("{count} not"),
    follows_nothing: "no publication",
    in_force: |publication| format!("{publication} is in force"),
    none: "No router has reported to this database for seven days. Start one on the page Router, or run “postfordeler serve --database …” \
           where mail is to be received.",
    unknown: "The database cannot be read. Until it can, nobody knows how the routers are.",
    together: "All other figures and messages are of the routers together: the journal does not say which of them received a message.",
    others_run: counted("1 router running", |count| format!("{count} routers running")),
    own_is_stopped: "The router of this data directory is stopped. Others receive the mail.",
    limits_of_each: "The limits count for each router: with two running, a business system may get twice as many messages at a time.",
};

pub(super) const TROUBLES: RouterTroubleTexts = RouterTroubleTexts {
    none_runs: "No router is running",
    start_one: "Mail stays in Digital Post until one of them runs. Start one here, or where they usually run.",
    silent: |name, since| format!("The router {name} has been silent since {since}"),
    look_at_machine: "It was cut off, or cannot reach the database. Look at the machine that it runs on.",
    left_under_way: "What it had in progress gets an unknown outcome, and goes to the same business system only.",
    behind: |name, follows, newest| match follows {
        Some(follows) => format!("The router {name} follows publication {follows}, but {newest} is in force"),
        None => format!("The router {name} follows no publication, but {newest} is in force"),
    },
    start_again: "It does not route by the new rules. Its log says why; start it again, or stop it.",
};
