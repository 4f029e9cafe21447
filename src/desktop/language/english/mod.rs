//! Every text in English.

mod about;
mod access;
mod authorities;
mod calendar;
mod changes;
mod contact_points;
mod coverage;
mod day;
mod default_mail;
mod effects;
mod errors;
mod fagsystems;
mod fields;
mod files;
mod grammar;
mod guards;
mod guide;
mod input;
mod kle;
mod lesson_builder;
mod lessons;
mod made_mail;
mod map;
mod messages;
mod network_share;
mod overview;
mod palette;
mod people;
mod pictures;
mod practice;
mod proof;
mod protection;
mod replay;
mod review;
mod room;
mod router;
mod routers;
mod rules;
mod service_levels;
mod shadow;
mod sheets;
mod timeline;
mod trace;
mod traffic;
mod training;
mod training_packages;
mod travels;
mod try_message;
mod watching;
mod welcome;

use self::grammar::{GRAMMAR, counted};
use super::texts::{DaysAgoTexts, Texts};
use crate::LanguageChoice;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::page::PageGroup;

pub(super) static TEXTS: Texts = Texts {
    language: LanguageChoice::English,
    window_title: "Postfordeler",
    authority: "Authority",
    page_group: |group| match group {
        PageGroup::Overview => "Overview",
        PageGroup::Training => "Training",
        PageGroup::Rules => "Rules",
        PageGroup::Registers => "Registers",
        PageGroup::Operation => "Operation",
        PageGroup::Publishing => "Publishing and files",
    },
    other_language: "Dansk",
    other_theme: |is_dark| if is_dark { "Light" } else { "Dark" },
    save: "Save in the draft",
    cancel: "Cancel",
    close: "Close (Esc)",
    take_back: "Undo",
    redo: "Redo",
    publish: "Publish …",
    cannot_open: "Postfordeler cannot open its data",
    network_share: network_share::TEXTS,
    no_room_to_zoom: "The screen has no room for everything to be larger.",
    unsaved: "Save (Ctrl+S) or cancel what you are working on first.",
    router_not_started: "The router has not been started: after the update, it is not known whether it ran in this window or in another \
                         program. Press Start on the Router page to run it here.",
    drop_form: "Cancel without saving",
    changed_elsewhere: |publication| {
        format!("The rules were changed elsewhere; publication {publication} is in force now.")
    },
    edit: changes::edit,
    undone: |edit| format!("Undone: {}", changes::edit(edit)),
    cannot_undo: |obstacle| format!("Cannot be undone: {}", changes::obstacle(obstacle)),
    cannot_redo: |obstacle| format!("Cannot be redone: {}", changes::obstacle(obstacle)),
    undo_of: |edit| format!("Undo: {edit} (Ctrl+Z)"),
    redo_of: |edit| format!("Redo: {edit} (Ctrl+Shift+Z)"),
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    mark: |mark| match mark {
        Mark::New => "New in the draft, not published",
        Mark::Changed => "Changed in the draft, not published",
    },
    marked: |mark| match mark {
        Mark::New => counted("1 new in the draft", |count| format!("{count} new in the draft")),
        Mark::Changed => counted("1 changed in the draft", |count| format!("{count} changed in the draft")),
    },
    unpublished: counted("1 change not published", |count| format!("{count} changes not published"))
        .or_none("Everything is published"),
    number: |number| GRAMMAR.number(number),
    ago: DaysAgoTexts {
        today: "Today",
        yesterday: "Yesterday",
        days: counted("1 day ago", |days| format!("{days} days ago")),
    },
    as_user: |name| if name.is_empty() { String::new() } else { format!("as {name}") },
    error: errors::error,
    fields: fields::FIELDS,
    calendar: calendar::CALENDAR,
    welcome: welcome::TEXTS,
    traffic: traffic::TEXTS,
    training: training::TEXTS,
    training_packages: training_packages::TEXTS,
    about: about::TEXTS,
    guide: guide::TEXTS,
    lessons: lessons::TEXTS,
    room: room::TEXTS,
    default_mail: default_mail::TEXTS,
    published: watching::PUBLISHED,
    after_publishing: watching::AFTER_PUBLISHING,
    away: watching::AWAY,
    service_levels: service_levels::TEXTS,
    shadow: shadow::TEXTS,
    rules: rules::TEXTS,
    timeline: timeline::TEXTS,
    fagsystems: fagsystems::TEXTS,
    contact_points: contact_points::TEXTS,
    authorities: authorities::TEXTS,
    kle: kle::TEXTS,
    coverage: coverage::TEXTS,
    files: files::TEXTS,
    made_mail: made_mail::TEXTS,
    map: map::TEXTS,
    messages: messages::TEXTS,
    access: access::TEXTS,
    router: router::TEXTS,
    routers: routers::TEXTS,
    overview: overview::TEXTS,
    changes: changes::TEXTS,
    effects: effects::TEXTS,
    proof: proof::TEXTS,
    guards: guards::TEXTS,
    replay: replay::TEXTS,
    history: changes::HISTORY,
    paper: review::PAPER,
    people: people::TEXTS,
    review: review::TEXTS,
    message_document: review::MESSAGE,
    palette: palette::TEXTS,
    pictures: pictures::TEXTS,
    practice: practice::TEXTS,
    input: input::TEXTS,
    try_message: try_message::TEXTS,
    day: day::TEXTS,
};
