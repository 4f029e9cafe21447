//! Every text in Danish.

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
    language: LanguageChoice::Danish,
    window_title: "Postfordeler",
    authority: "Myndighed",
    page_group: |group| match group {
        PageGroup::Overview => "Overblik",
        PageGroup::Training => "Øvelse",
        PageGroup::Rules => "Regler",
        PageGroup::Registers => "Registre",
        PageGroup::Operation => "Drift",
        PageGroup::Publishing => "Udgivelse og filer",
    },
    other_language: "English",
    other_theme: |is_dark| if is_dark { "Lyst" } else { "Mørkt" },
    save: "Gem i kladden",
    cancel: "Annullér",
    close: "Luk (Esc)",
    take_back: "Fortryd",
    redo: "Gentag",
    publish: "Udgiv …",
    cannot_open: "Postfordeler kan ikke åbne sine data",
    network_share: network_share::TEXTS,
    no_room_to_zoom: "Skærmen har ikke plads til, at alt bliver større.",
    unsaved: "Gem (Ctrl+S) eller annullér først det, du er i gang med.",
    router_not_started: "Routeren er ikke startet: Efter opdateringen vides det ikke, om den kørte i vinduet eller i et andet program. \
                         Tryk Start på siden Router, hvis den skal køre her.",
    drop_form: "Annullér uden at gemme",
    changed_elsewhere: |publication| format!("Reglerne er ændret et andet sted; udgivelse {publication} gælder nu."),
    edit: changes::edit,
    undone: |edit| format!("Fortrudt: {}", changes::edit(edit)),
    cannot_undo: |obstacle| format!("Kan ikke fortrydes: {}", changes::obstacle(obstacle)),
    cannot_redo: |obstacle| format!("Kan ikke gentages: {}", changes::obstacle(obstacle)),
    undo_of: |edit| format!("Fortryd: {edit} (Ctrl+Z)"),
    redo_of: |edit| format!("Gentag: {edit} (Ctrl+Shift+Z)"),
    nothing_to_undo: "Intet at fortryde",
    nothing_to_redo: "Intet at gentage",
    mark: |mark| match mark {
        Mark::New => "Ny i kladden, ikke udgivet",
        Mark::Changed => "Ændret i kladden, ikke udgivet",
    },
    marked: |mark| match mark {
        Mark::New => counted("1 ny i kladden", |count| format!("{count} nye i kladden")),
        Mark::Changed => counted("1 ændret i kladden", |count| format!("{count} ændrede i kladden")),
    },
    unpublished: counted("1 ændring ikke udgivet", |count| format!("{count} ændringer ikke udgivet"))
        .or_none("Alt er udgivet"),
    number: |number| GRAMMAR.number(number),
    ago: DaysAgoTexts {
        today: "I dag",
        yesterday: "I går",
        days: counted("1 dag siden", |days| format!("{days} dage siden")),
    },
    as_user: |name| if name.is_empty() { String::new() } else { format!("som {name}") },
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
