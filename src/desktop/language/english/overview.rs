//! *Overblik* in English.

use super::grammar::{GRAMMAR, MESSAGES, counted};
use super::messages::outcome_word;
use super::{access, calendar, errors, router, routers, service_levels, watching};
use crate::desktop::language::texts::hindrances::HindranceTexts;
use crate::desktop::language::texts::overview::{
    AgoTexts, DeactivationTexts, FagsystemColumns, OverviewTexts, WarningTexts,
};
use crate::desktop::model::health::Health;
use crate::router::CertificateUse;
use crate::secrets::SecretKind;
use crate::store::{OutcomeGroup, OverviewPeriod};

pub(super) const TEXTS: OverviewTexts = OverviewTexts {
    title: "Overview",
    grammar: GRAMMAR,
    period: |period| match period {
        OverviewPeriod::Day => "24 hours",
        OverviewPeriod::Week => "7 days",
        OverviewPeriod::Month => "30 days",
    },
    within: |period| match period {
        OverviewPeriod::Day => "The last 24 hours, hour by hour",
        OverviewPeriod::Week => "Today and the six days before, three hours at a time",
        OverviewPeriod::Month => "Today and the 29 days before, day by day",
    },
    none: "Here you see each hour's messages, what became of them, how quickly they were answered, and how each business \
           system is doing – as soon as the router has received the first message.",
    to_router: "Go to Router",
    received: "Received",
    under_way: counted("1 under way", |count| format!("{count} under way")).or_none("none under way"),
    accepted: "Accepted",
    share_of_all: |share| format!("{share} of those received"),
    not_accepted: "Not accepted",
    by_default: "To default recipient",
    by_default_of: |by_default, routed| format!("{by_default} of {routed} routed"),
    answers: "Answers",
    answered_within: |limit| format!("within {limit}"),
    slowest: |duration| format!("slowest {duration}"),
    messages: "Messages",
    group: |group| match group {
        OutcomeGroup::Accepted => "Accepted",
        OutcomeGroup::Rejected => "Rejected",
        OutcomeGroup::Unavailable => "Unavailable/unknown",
        OutcomeGroup::Refused => "Refused by the router",
    },
    weekdays: calendar::WEEKDAYS,
    short_weekday: 3,
    hours: |day, from, to| format!("{day} {from:02}:00–{to:02}:00"),
    count: MESSAGES,
    attention: "Needs attention",
    clock_is_right: "The clock is right",
    start_router: "Start the router",
    probe: "Test",
    resume: "Resume",
    open_fagsystem: "Business system",
    show_rule: "Show the rule",
    show_messages: "Messages",
    resumed: |name| format!("{name} is back in use"),
    no_attention: "Nothing needs attention right now.",
    warning: WARNINGS,
    fagsystems: "Business systems",
    columns: FagsystemColumns {
        name: "Business system",
        health: "State",
        last_accepted: "Last accepted",
        messages: "Messages",
        failed: "Not accepted",
        under_way: "Under way",
        answer: "Answers in",
    },
    health: |health| match health {
        Health::Paused => "Paused",
        Health::Failing => "Failing",
        Health::Rejecting => "Rejecting",
        Health::Running => "Running",
        Health::NotSeen => "Unknown",
    },
    ago: AgoTexts {
        moment: "a moment ago",
        minutes: counted("1 minute ago", |minutes| format!("{minutes} minutes ago")),
        hours: counted("1 hour ago", |hours| format!("{hours} hours ago")),
        days: counted("1 day ago", |days| format!("{days} days ago")),
    },
    never_tried: "has never had a message",
    never_accepted: "never",
    last_failure: |when, why| format!("Failed {when}: {why}"),
    outcome: |outcome| outcome_word(outcome, None, false),
    reason: |reason| &reason.explanation().english,
};

const WARNINGS: WarningTexts = WarningTexts {
    error: errors::error,
    refuses: router::refuses,
    router_stopped: "The router is stopped",
    routers: &routers::TROUBLES,
    start_router: "Mail stays in Digital Post until it runs. No program is running it on this data: start it here, or wherever \
                   it usually runs.",
    router_unknown: "Unknown whether the router is running",
    look_at_data: "The lock or the database cannot be read. Check that the data directory exists, and who owns it.",
    router_failed: "The router cannot run",
    router_refuses: "The router is refusing everything for now",
    deactivation: DeactivationTexts {
        nothing_for_days: counted("has accepted nothing for 1 day", |days| {
            format!("has accepted nothing for {days} days")
        }),
        never_anything: "has never accepted anything",
        nothing: "has accepted nothing",
        whole: |name, since, is_over, countdown| {
            format!("{name} {since}{} {countdown}", if is_over { " and" } else { ", to be" })
        },
        may_be_over: "may be deactivated",
        in_hours: counted("deactivated in 1 hour", |hours| format!("deactivated in {hours} hours")),
        in_days: counted("deactivated in 1 day", |days| format!("deactivated in {days} days")),
        resume: "It is paused. Resume it when it can receive again.",
        try_it: "Nothing has come for it. Send a message to try it, or remove it from the contact structure.",
    },
    not_accepted: |name, why| format!("{name} did not accept the last message{why}"),
    many_not_accepted: |name, messages, why| format!("{name} has not accepted the last {messages} messages{why}"),
    ask_supplier: "Ask the system's supplier.",
    look_at_rejections: "The system itself rejects the messages. Look at its code on the rejected ones, and ask the supplier.",
    ask_whether_it_runs: "Ask the supplier whether the system is running. Digital Post sends the mail again.",
    unknown_one: |name| format!("{name} may have received 1 message without confirming it"),
    unknown: |name, messages| format!("{name} may have received {messages} messages without confirming them"),
    look_them_up: "Look them up in the system. If they come again, they only go to the same system.",
    shared_uuid: counted("Two different messages have come with the same message id", |times| {
        format!("{times} times, different messages have come with the same message id")
    }),
    report_shared_uuid: "Every message must have its own id: tell the sender or Digital Post.",
    clock_doubted: |shown| format!("The router's clock has jumped to {shown}"),
    set_clock: |expected| {
        format!(
            "It should show about {expected}. Meanwhile the journal deletes nothing. Set the clock, or confirm it if the machine \
             was off for a long time."
        )
    },
    paused: |name| format!("{name} is paused"),
    mail_will_wait: "Any mail for it stays in Digital Post until it is resumed.",
    paused_one_waits: |name| format!("{name} is paused, and 1 message is waiting in Digital Post"),
    paused_refused: |name, tries| format!("{name} is paused, and {tries} delivery attempts have been refused"),
    resume_or_redirect: "Resume the system when it can receive messages, or point the rules at another.",
    by_default: |share| format!("{share} of the mail goes to the default recipient"),
    write_rules: "See what no rule takes, and write rules for it.",
    slow: |share| format!("{share} of the answers took more than 4 s"),
    ask_suppliers: "The platform promises answers within 4 s. See which systems are slow, and ask their suppliers.",
    hindrance: HINDRANCES,
    after_publishing: &watching::AFTER_PUBLISHING,
    levels: &service_levels::TEXTS,
    rule_expires: |rule, day| format!("Rule {rule} expires on {day}"),
    extend_rule: "Extend it, or replace it with another; otherwise mail goes to the next rule that matches.",
    rules_expire: |rules, first| format!("Rules {rules} expire, the first on {first}"),
    extend_rules: "Extend them, or replace them with others; otherwise mail goes to the next rule that matches.",
};

const HINDRANCES: HindranceTexts = HindranceTexts {
    secret_missing: |name, kind| match kind {
        SecretKind::HeaderValue => format!("{name} has no key"),
        SecretKind::ClientCertificate => format!("{name} has no client certificate"),
    },
    save_secret: "Until then its mail stays in Digital Post. Save it under the business system.",
    secret_unusable: |name| format!("The key for {name} cannot be used"),
    secrets_error: access::error,
    unencrypted: |name| format!("{name} gets nothing: its key would be sent unencrypted"),
    encrypt: "Give the system an address that begins with https://.",
    paused: |name| format!("{name} is paused"),
    resume: "Resume the system when it can receive messages.",
    certificate: |of, name| match of {
        CertificateUse::Router => "The router's certificate".to_owned(),
        CertificateUse::Client(..) => format!("The client certificate for {name}"),
        CertificateUse::TrustedIssuer(subject) => format!("The certificate of the issuer {subject}"),
        CertificateUse::CallerIssuer(subject) => format!("The certificate of the senders' issuer {subject}"),
    },
    expired: |certificate, day| format!("{certificate} expired on {day}"),
    renew: "Whoever checks it will refuse the connection. Get a new one, and save it.",
    expires: |certificate, day| format!("{certificate} expires on {day}"),
    renew_in_time: "Get a new one before it is too late.",
    not_yet_valid: |certificate, day| format!("{certificate} is not valid until {day}"),
    wait: "Wait, or correct this machine's clock.",
    unreadable: |certificate| format!("{certificate} cannot be read"),
    look_at_file: "Check that the file exists and is a certificate.",
    guard_damaged: |guard| format!("The setting “{}” is damaged", guard.key()),
    choose_anew: "The router will not start again until it has been chosen anew under Router, Access.",
};
