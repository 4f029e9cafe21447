//! *Service levels* in English.

use super::calendar;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::service_levels::{LevelSheetTexts, ServiceLevelTexts};
use crate::service_level::{AnswerClass, Attendance, Promise, RouterEventKind, Strain, Verdict, WindowFault};

pub(super) const TEXTS: ServiceLevelTexts = ServiceLevelTexts {
    title: "Service levels",
    about: "What the service agreement promises, and how far it is kept",
    grammar: GRAMMAR,
    months: &calendar::CALENDAR.months,
    weekdays: &calendar::WEEKDAYS,
    hour: "h",
    router: "The router",
    the_router: "The router",
    promise: |promise| match promise {
        Promise::WorkingHours => "Working days 6–18",
        Promise::OtherTimes => "Other times",
    },
    target: |share| format!("target {share}"),
    month_so_far: |month| format!("{month} until now"),
    system: "System",
    month: "Month",
    month_by_month: |subject| format!("{subject}, month by month"),
    verdict: |verdict| match verdict {
        Verdict::Unknown => "Unknown",
        Verdict::Broken => "Missed",
        Verdict::Kept => "Kept",
    },
    so_far: |verdict, strain| match (verdict, strain) {
        (Verdict::Unknown, _) => "Unknown",
        (Verdict::Broken, _) => "Missed",
        (Verdict::Kept, Strain::Low) => "On course",
        (Verdict::Kept, Strain::Half) => "Half used",
        (Verdict::Kept, Strain::Most | Strain::Over) => "Nearly used",
    },
    below: "Below target",
    lost_time: |lost, allowed| format!("lost {lost}; {allowed} allowed"),
    lost_messages: |lost, of| format!("{lost} of {of} unanswered"),
    nothing_lost: "nothing lost",
    nothing_sent: "nothing sent",
    nothing_known: "not measured",
    not_running: "Not running",
    not_running_hint: "Time in which no router was seen running. It counts neither as kept nor as lost.",
    in_window: "Service",
    in_windows: counted("1 in a service window", |count| format!("{count} in service windows")),
    not_tried: counted("1 not tried", |count| format!("{count} not tried")),
    answers: "Answered in time",
    answers_hint: "Simple, up to 1 MB: 1 s. Medium, up to 10 MB: 1.5 s. Complex: 4 s. Telling them apart by size is our own reading: the \
                   agreement does not say how.",
    class: |class| match class {
        AnswerClass::Simple => "Simple 1 s",
        AnswerClass::Medium => "Medium 1.5 s",
        AnswerClass::Complex => "Complex 4 s",
    },
    part_of: |part, whole| format!("{part} of {whole}"),
    half: "Half within",
    most: "95% within",
    minutes_lost: |minutes| format!("{minutes} min lost"),
    messages_lost: counted("1 unanswered", |count| format!("{count} unanswered")),
    day_by_day: |month| format!("{month}, day by day"),
    all_well: "The router could take mail all the time.",
    no_messages: "Nothing was sent to the system in that month.",
    more: counted("1 more is not shown", |count| format!("{count} more are not shown")),
    incident: |kind| match kind {
        RouterEventKind::Lost(Attendance::NothingPublished) => "Refused everything: nothing published",
        RouterEventKind::Lost(Attendance::JournalFails) => "Refused everything: the journal could not be written",
        RouterEventKind::Lost(Attendance::PublicationUnread | Attendance::Ready) => {
            "Refused everything: the newest publication could not be read"
        }
        RouterEventKind::NotRunning => "Not running: unknown",
        RouterEventKind::InWindow => "Service window",
    },
    working_part: |time| format!("{time} of it on a working day 6–18"),
    working_short: |time| format!("{time} working"),
    minutes_axis: "Minutes lost",
    messages_axis: "Messages unanswered",
    unknown_month: "?: not measured",
    export: "Export service levels",
    file_name: "service-levels",
    sheet: LevelSheetTexts {
        promise: "Time",
        target: "Target (%)",
        share: "Share (%)",
        kept: "Promise",
        lost_minutes: "Lost (min)",
        allowed_minutes: "Allowed (min)",
        not_running_minutes: "Not running (min)",
        window_minutes: "Service (min)",
        sent: "Sent",
        unanswered: "Unanswered",
        not_tried: "Not tried",
        in_windows: "In service windows",
        answered: "Answered",
        in_time: "Answered in time",
    },
    tries: counted("1 message sent", |count| format!("{count} messages sent")),
    windows: "Service windows",
    windows_about: "Announced service does not count. A window of a business system leaves out every whole hour that it touches.",
    no_windows: "No service windows. Enter them, also those that are planned.",
    new_window: "New service window",
    change_window: "Change the service window",
    delete_window: "Delete the service window",
    deleted: "The service window is deleted",
    entered: "The service window is entered",
    save_window: "Enter",
    save_change: "Save the change",
    from: "From",
    until: "Until",
    clock: "Time",
    scope: "Of",
    scope_all: "Everything: the router and all business systems",
    note: "Note",
    note_hint: "What was done, and who announced it. No personal numbers.",
    not_a_time: "Write a time of day such as 22:00.",
    never_shown: "Clocks are put forward that night: there is no time between 2 and 3.",
    shown_twice: "That hour comes twice that night: the first counts.",
    fault: |fault| match fault {
        WindowFault::EndsBeforeItBegins => "It has to end after it begins.",
        WindowFault::TooLong => "A service window is at most a year long.",
        WindowFault::TooFar => "A service window is at most ten years from today.",
        WindowFault::NoteTooLong => "The note has at most 200 characters.",
        WindowFault::NoteIsPersonal => "The note looks like a CPR number. Write it without.",
        WindowFault::TooMany => "There are 1,000 service windows. Delete an old one first.",
    },
    planned: "Planned",
    now: "Now",
    retroactive: "Entered afterwards",
    working_out: "Counting …",
    how: "How it is counted",
    how_lines: &[
        "The promise is 99.8% on working days from 6 to 18 and 98.5% at other times, in Danish time. Public holidays are those of the \
         established church; Constitution Day, Christmas Eve and New Year's Eve are working days.",
        "The router notes every second whether it can take mail, and stores it every minute. Time in which it runs and refuses everything is \
         lost. Of time in which no router was seen running nothing is known: it is in no share, but leaves less that may be lost.",
        "Of a business system the messages that were sent to it count: accepted or rejected is answered. Those that it did not get because it \
         was paused, lacked its key or had enough to do were not tried.",
        "The time of an answer is from the call until the receipt, of the messages that the business system answered.",
    ],
    uses_time: |subject, lost, allowed, month, promise| {
        format!("{subject} has lost {lost} of the {allowed} that the promise allows in {month} ({})", lower(promise))
    },
    breaks_time: |subject, lost, allowed, month, promise| {
        format!("{subject} has lost {lost} in {month}; the promise allows {allowed} ({})", lower(promise))
    },
    uses_messages: |subject, lost, allowed, month, promise| {
        format!(
            "{subject} has left unanswered {lost} of the {allowed} messages that the promise allows in {month} ({})",
            lower(promise)
        )
    },
    breaks_messages: |subject, lost, of, month, promise| {
        format!(
            "{subject} has left {lost} of {of} messages unanswered in {month}; the promise allows fewer ({})",
            lower(promise)
        )
    },
    look_at_router: "See when and why under Service levels. Announced service can be entered as a service window.",
    look_at_fagsystem: "See the days under Service levels, and ask the supplier.",
};

fn lower(words: &str) -> String {
    crate::desktop::language::grammar::within_sentence(words)
}
