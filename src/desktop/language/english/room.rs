//! The progress of a room, in English.

use super::grammar::counted;
use crate::desktop::language::texts::room::{LearntLine, RoomColumns, RoomTexts};
use crate::store::Gathered;
use crate::training::{ProgressFault, ProgressFile, ProgressFileError};

pub(super) const TEXTS: RoomTexts = RoomTexts {
    save: "Save progress …",
    save_about: "The progress on this machine is saved to one small file (.pffremgang), which can be carried to the trainer's machine, \
                 such as on a USB stick. It holds names, lessons, numbers and times.",
    file_name: "progress",
    saved: |path| format!("The progress is saved in {path}"),
    nothing_to_save: "Nobody has begun a lesson on this machine, so there is no progress to save.",
    gather: "Load progress …",
    gather_about: "Choose the files (.pffremgang) from the other machines, many at once if you like; they can also be dropped on the \
                   window. The same file twice changes nothing, and a newer one from the same machine replaces the older.",
    take: "Load",
    taking: "Loading …",
    gathered: |gathered| match gathered {
        Gathered::Added => "loaded.",
        Gathered::Replaced => "loaded in place of the older one from the same machine.",
        Gathered::Known => "loaded already. Nothing has changed.",
        Gathered::Older => {
            "older than what was loaded from the same machine. Nothing has changed. Remove that if the older one should count."
        }
        Gathered::Own => "saved on this machine, whose progress is shown already. Nothing has changed.",
    },
    not_gathered: |why| format!("Not loaded. {why}"),
    full: |most| {
        format!("Progress was loaded from {most} machines, and there is no room for more. Remove some of them first.")
    },
    only_in_training: "The file is the progress of a machine in training. Progress is loaded on Lessons in training. Open it with Ctrl+K, “Open training”.",
    machines: "Loaded from other machines",
    nameless_machine: "A machine without a name",
    machine: |name, learners, saved| format!("{name}: {learners}, saved {saved}"),
    learners: counted("1 learner", |count| format!("{count} learners")),
    remove: "Remove",
    remove_all: "Remove all …",
    really_remove_all: "Remove all that was loaded from other machines? It can be loaded again from the files. The progress of this \
                        machine stays.",
    yes_remove_all: "Yes, remove all",
    keep: "Keep them",
    removed: |name| format!("The progress from {name} is removed"),
    removed_all: "What was loaded is removed",
    everybody: "Learners",
    summary: |learners, has_own, machines| match (has_own, machines) {
        (_, 0) => format!("{learners} on this machine."),
        (true, 1) => format!("{learners}, from this machine and 1 other."),
        (true, machines) => format!("{learners}, from this machine and {machines} others."),
        (false, 1) => format!("{learners} from 1 other machine."),
        (false, machines) => format!("{learners} from {machines} other machines."),
    },
    files: counted("1 file", |count| format!("{count} files")),
    this_machine: "this machine",
    at: |who, machine| format!("{who} ({machine})"),
    solved_of: |solved, of| format!("{solved} of {of} solved"),
    hints: counted("1 hint", |count| format!("{count} hints")).or_none("no hints"),
    checks: counted("1 check", |count| format!("{count} checks")).or_none("no checks"),
    strange_lesson: |id| format!("The lesson “{id}”, which is not loaded here"),
    line,
    columns: RoomColumns { lessons: "Lessons", hints: "Hints", checks: "Checks", last: "Last solved", when: "Solved" },
    rules_of: |rules, par| match par {
        Some(par) => format!("{rules} (fewest: {par})"),
        None => rules.to_string(),
    },
    not_solved: "Not solved",
    fewest: "The lessons, and the fewest rules that they can be solved with:",
    one_by_one: "Lesson by lesson",
    error,
};

fn line(line: &LearntLine<'_>) -> String {
    let LearntLine { solved, rules, par, hints, checks } = line;
    match (solved, par) {
        (None, _) => format!("Not solved yet. {}, {hints}.", capital(checks)),
        (Some(day), Some(par)) => format!("Solved {day} with {rules} (fewest: {par}). {}, {hints}.", capital(checks)),
        (Some(day), None) => format!("Solved {day} with {rules}. {}, {hints}.", capital(checks)),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn error(error: &ProgressFileError) -> String {
    match error {
        ProgressFileError::TooLarge => {
            format!("The file is too large. Progress takes at most {} MB.", ProgressFile::MOST_BYTES >> 20)
        }
        ProgressFileError::NotOurs => format!(
            "The file is no progress of a machine. Choose one that was saved on Lessons with “Save progress” (.{}).",
            ProgressFile::ENDING
        ),
        ProgressFileError::Newer(version) => format!(
            "The progress was saved by a newer version of Postfordeler (version {version} of the format). Update the program here."
        ),
        ProgressFileError::Damaged { line, column } => {
            format!(
                "Line {line}, character {column}: the file is damaged or cut short. Save the progress again on that machine."
            )
        }
        ProgressFileError::Foreign { line, column } => format!(
            "Line {line}, character {column}: this does not belong in a file of progress. Save the progress again on that machine."
        ),
        ProgressFileError::Wrong { place, fault } => {
            format!("{place}: {} Save the progress again on that machine.", self::fault(*fault))
        }
    }
}

fn fault(fault: ProgressFault) -> String {
    match fault {
        ProgressFault::TooMany => format!("There are more than {}.", ProgressFile::MOST_LINES),
        ProgressFault::Name => {
            format!("A name has at most {} characters, all of them visible.", ProgressFile::LONGEST_NAME)
        }
        ProgressFault::Lesson => "The id of a lesson is lower-case letters, digits and hyphens.".to_owned(),
        ProgressFault::Moment => "A moment is written 2026-11-24T08:30:00Z, in the years 2000 to 2199.".to_owned(),
        ProgressFault::HalfSolved => "loest and regler belong together; only one of them is there.".to_owned(),
        ProgressFault::Twice => "The same person has the same lesson twice.".to_owned(),
    }
}
