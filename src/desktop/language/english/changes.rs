//! What differs between two books, and what was done, in English sentences.

use super::access::access;
use super::grammar::{GRAMMAR, RULE_LIST, RULES, counted};
use super::rules::{NEVER, SENTENCE, mail};
use crate::desktop::language::format::date_text;
use crate::desktop::language::texts::changes::{
    ChangesTexts, ContactPointChangeTexts, DifferenceTexts, FagsystemChangeTexts, KnownAuthorityChangeTexts,
    RuleChangeTexts,
};
use crate::desktop::language::texts::findings::{FindingTexts, IdleTexts, RemedyTexts};
use crate::desktop::language::texts::history::HistoryTexts;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::rules::{Audience, Obstacle, Segment};

pub(super) const TEXTS: ChangesTexts = ChangesTexts {
    title: "Changes",
    count: |count, based_on| match count {
        0 => format!("The draft is the same as publication {based_on}"),
        1 => format!("1 change from publication {based_on}"),
        _ => format!("{} changes from publication {based_on}", GRAMMAR.number(count)),
    },
    none: "No changes are waiting to be published. Whatever you change in rules and business systems is \
           collected here until you publish it.",
    drop_all: "Discard all",
    revert: "Revert the change",
    cannot_revert: |it| format!("Cannot be reverted on its own: {}", obstacle(it)),
    behind: |based_on, newest| {
        format!(
            "The draft is based on publication {based_on}, but publication {newest} is in force now. Carry the changes over \
             to be able to publish them."
        )
    },
    carry_over: "Carry the changes over",
    back_to: |number| format!("Back to publication {number}"),
    carried: counted("1 change could not be carried over; it is listed under Changes", |count| {
        format!("{count} changes could not be carried over; they are listed under Changes")
    })
    .or_none("The changes are now based on the newest publication"),
    left_behind: "Could not be carried over",
    forget: "Forget them",
    obstacle,
    publish: "Publish and put into force",
    in_clear: counted(
        "Mail to this business system would go unencrypted. On the way, others can read its content and CPR numbers.",
        |count| {
            format!(
                "Mail to these {count} business systems would go unencrypted. On the way, others can read its content and CPR \
                 numbers."
            )
        },
    ),
    publish_in_clear: "Publish anyway",
    not_in_clear: "Do not publish",
    published: |number| format!("Publication {number} is in force"),
    effect: "The draft against the publication in force",
    working_out: "Working it out …",
    findings: "Rule check",
    found: counted("1 thing to look at in the rules", |count| format!("{count} things to look at in the rules")),
    first_of: |count| format!("(the first of {count} of its kind)"),
    no_findings: "No rules contradict or shadow one another.",
    finding: FINDINGS,
    expires_then: |fagsystems| format!("After that its mail goes to {fagsystems}."),
    expires_same: "After that its mail goes to the same place.",
    neighbours: |rules, which| format!("{rules} could be one rule for mail {which}. That changes nothing."),
    merge: "Merge them",
    show_rule: "Show the rule",
    remedies: RemedyTexts {
        delete: "Delete it",
        move_before: |other| format!("Move it before {other}"),
        extend: "Remove its last day",
        begin_on: |day| format!("Let it begin on {day}"),
        end_on: |day| format!("Let it end on {day}"),
    },
    information: counted("Show 1 piece of information", |count| format!("Show {count} pieces of information")),
    hide_information: "Hide information",
    more: |count| format!("and {count} more"),
    note: "Note for the publication",
    note_example: "Why are the rules changing?",
    note_missing: "Write why the rules are changing. This is shown in the history.",
    everywhere: "For all authorities",
    difference: DIFFERENCES,
};

pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    title: "Publications",
    count: counted("1 publication", |count| format!("{count} publications, newest first")),
    number: "No.",
    time: "Published",
    who: "By",
    note: "Note",
    in_force: "In force",
    none: "There are no publications yet.",
    compare: "Compare with",
    before: "The previous publication",
    draft: "The draft as it is now",
    publication: |number| format!("Publication {number}"),
    restore: "Restore as the draft",
    same: "They are the same.",
};

pub(super) fn edit(edit: &DraftEdit) -> String {
    match edit {
        DraftEdit::RuleAdded(priority) => format!("Rule {priority} added"),
        DraftEdit::RuleChanged(priority) => format!("Rule {priority} changed"),
        DraftEdit::RulesCloned(rules) => format!("{} added by copying", RULE_LIST.of(rules)),
        DraftEdit::RulesMerged(rules) => format!("{} merged", RULE_LIST.of(rules)),
        DraftEdit::RulesDeleted(rules) => format!("{} deleted", RULE_LIST.of(rules)),
        DraftEdit::RulesMoved(rules) => format!("{} moved", RULE_LIST.of(rules)),
        DraftEdit::RulesSwitched { rules, on: true } => format!("{} switched on", RULE_LIST.of(rules)),
        DraftEdit::RulesSwitched { rules, on: false } => format!("{} switched off", RULE_LIST.of(rules)),
        DraftEdit::RulesRedirected(rules, name) => format!("{} redirected to {name}", RULE_LIST.of(rules)),
        DraftEdit::RulesLimited(rules) => format!("{} given new dates", RULE_LIST.of(rules)),
        DraftEdit::RuleEnds(rule, Some(day)) => format!("Rule {rule} now ends {}", date_text(*day)),
        DraftEdit::RuleEnds(rule, None) => format!("Rule {rule} no longer has an end"),
        DraftEdit::RuleBegins(rule, day) => format!("Rule {rule} now begins {}", date_text(*day)),
        DraftEdit::ChangeoverMoved { from, to, day } => {
            format!("Rule {to} now takes over from rule {from} on {}", date_text(*day))
        }
        DraftEdit::RulesAddressed(rules) => format!("{} given a new segment", RULE_LIST.of(rules)),
        DraftEdit::NumbersSpread => "Numbers spread evenly: 10, 20, 30 …".to_owned(),
        DraftEdit::FagsystemSwitched { from, to } => format!("Business system switched from {from} to {to}"),
        DraftEdit::FagsystemAdded(name) => format!("Business system {name} added"),
        DraftEdit::FagsystemChanged(name) => format!("Business system {name} changed"),
        DraftEdit::FagsystemDeleted(name) => format!("Business system {name} deleted"),
        DraftEdit::FagsystemReplaced { from, to } => format!("{to} has taken over everything from {from}"),
        DraftEdit::AuthorityAdded(name) => format!("Authority {name} added"),
        DraftEdit::AuthorityChanged(name) => format!("Authority {name} changed"),
        DraftEdit::AuthorityDeleted(name) => format!("Authority {name} deleted"),
        DraftEdit::KnownAuthorityAdded(name) => format!("{name} added as a known authority"),
        DraftEdit::KnownAuthorityChanged(name) => format!("Known authority {name} changed"),
        DraftEdit::KnownAuthorityDeleted(name) => format!("{name} removed as a known authority"),
        DraftEdit::DefaultChosen(name) => format!("{name} made the default recipient"),
        DraftEdit::ContactPointAdded(name) => format!("Contact point {name} added"),
        DraftEdit::ContactPointChanged(name) => format!("Contact point {name} changed"),
        DraftEdit::ContactPointDeleted(name) => format!("Contact point {name} deleted"),
        DraftEdit::GuardAdded(name) => format!("The guard “{name}” added"),
        DraftEdit::GuardRemoved(name) => format!("The guard “{name}” removed"),
        DraftEdit::DifferenceReverted => "One change reverted".to_owned(),
        DraftEdit::FilesImported(names) => format!("Imported from {names}"),
        DraftEdit::DraftDropped => "All changes discarded".to_owned(),
        DraftEdit::Restored(number) => format!("Publication {number} restored as the draft"),
    }
}

pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Changed => "It has been changed in another way in the meantime.".to_owned(),
        Obstacle::PriorityTaken(priority) => format!("Another rule has number {priority}."),
        Obstacle::AlreadyThere => "It already exists, with other content.".to_owned(),
        Obstacle::NoFagsystem(id) => format!("There is no business system {id}."),
        Obstacle::FagsystemNeeded(id) => format!("The business system {id} is still needed."),
        Obstacle::NoRecipient(cvr) => {
            format!("The authority does not receive for CVR no. {cvr}, to which a guard is.")
        }
        Obstacle::RecipientNeeded(cvr) => format!("A guard still needs CVR no. {cvr}."),
        Obstacle::NoAuthority(cvr) => format!("There is no authority {cvr}."),
    }
}

const FINDINGS: FindingTexts = FindingTexts {
    never: NEVER,
    idle: IdleTexts {
        grammar: GRAMMAR,
        sentence: |rule, periods, by| format!("Rule {rule} gets no mail {periods}: {by}"),
        from: |day| format!("from {day} on"),
        through: |from, to| format!("from {from} through {to}"),
        taken_by_one: |rule| format!("{rule} takes everything that it could get then."),
        taken_by_several: |rules| format!("{rules} together take everything that it could get then."),
    },
    redundant: |rule| {
        format!("Rule {rule} makes no difference: without it, all mail would go to the same business system.")
    },
    perhaps_more: |rules| format!("{rules}, and perhaps more"),
    overlap: |by, rule| format!("A part of what rule {rule} matches goes to another business system, by {by}."),
    default_unreachable: |by| format!("Nothing reaches the default recipient: everything goes by {by}."),
    expires_soon: |rule, day| format!("Rule {rule} expires on {day}."),
    contradiction: |problem| format!("The rules contradict each other: {problem}"),
    expired: |rule, day| format!("Rule {rule} expired on {day}."),
    paused: |name| format!("{name} is paused: its mail stays in Digital Post until it is back in use."),
    unlisted_contact_point: |id| {
        format!(
            "The contact point {id} is not on the list. A rule for it only takes mail if the contact point exists in Digital Post."
        )
    },
    unlisted_contact_group: |name| {
        format!(
            "The contact group {name} is not on the list. A rule for it only takes mail if the group exists in Digital Post."
        )
    },
    secret_unencrypted: |name| {
        format!("{name} gets no mail: its key would be sent unencrypted. Give it an https:// address.")
    },
    unencrypted: |name| {
        format!(
            "{name} gets its mail unencrypted: on the way, others can read its content and CPR numbers. Give it an \
             https:// address."
        )
    },
    check_digit: |cvr| format!("CVR no. {cvr}: the check digit is wrong."),
};

const DIFFERENCES: DifferenceTexts = DifferenceTexts {
    grammar: GRAMMAR,
    authority_added: |name, cvr, rules| format!("New authority: {name} (CVR {cvr}) with {rules}"),
    authority_removed: |name, cvr| format!("The authority {name} (CVR {cvr}) is deleted"),
    authority_renamed: |name| format!("The authority is now called {} instead of {}", name.after, name.before),
    more_cvrs: |cvrs| format!("The authority's other CVR numbers are now {} instead of {}", cvrs.after, cvrs.before),
    no_cvrs: "none",
    default_is: |fagsystem| format!("The default recipient is {fagsystem}"),
    default_was: |fagsystem| format!("The default recipient was {fagsystem}"),
    default_changed: |it| format!("The default recipient is now {} instead of {}", it.after, it.before),
    rules: RULES,
    known_authority: KnownAuthorityChangeTexts {
        nameless: |cvr| format!("CVR no. {cvr}"),
        named: |cvr, name| format!("CVR no. {cvr} ({name})"),
        added: |authority| format!("{authority} now counts as an authority"),
        removed: |authority| format!("{authority} no longer counts as an authority"),
        renamed: |cvr, name| format!("CVR no. {cvr} is now called {name}"),
        loses_name: |cvr, name| format!("CVR no. {cvr} loses the name {name}"),
    },
    fagsystem: FagsystemChangeTexts {
        added: |name, endpoint| format!("New business system {name}: {endpoint}"),
        added_with: |access| format!(", with {access}"),
        added_paused: ", paused",
        removed: |name| format!("The business system {name} is deleted"),
        changed: |name, changes| format!("The business system {name} {changes}"),
        name: |name| format!("is now called {name}"),
        endpoint: |it| format!("now receives at {} instead of {}", it.after, it.before),
        access: |it| format!("now requires {} instead of {}", it.after, it.before),
        access_kind: access,
        paused: "is paused",
        resumed: "is back in use",
        connect_limit: |limit| format!("now has {limit} to connect"),
        answer_limit: |limit| format!("now has {limit} to answer"),
        seconds: |seconds| format!("{seconds} s"),
        routers_limit: "the router's time limit",
        contact: |contact| format!("now has the contact person {contact}"),
        no_contact: "no longer has a contact person",
        note: |note| format!("gets the note “{note}”"),
        no_note: "loses its note",
    },
    contact_point: ContactPointChangeTexts {
        added: |name| format!("New contact point: {name}"),
        removed: |name| format!("The contact point {name} is deleted"),
        changed: |name, changes| format!("The contact point {name} {changes}"),
        title: |name| format!("is now called {name}"),
        id: |id| format!("now spells its id {id}"),
        no_groups: "is no longer in any contact group",
        group: |group| format!("is now in the contact group {group}"),
        groups: |groups| format!("is now in the contact groups {groups}"),
        description: "gets a new description",
        no_description: "loses its description",
        active: "is now active",
        not_active: "is no longer active",
        visible: "is now shown to those who write",
        hidden: "is hidden from those who write",
        audience: |audience| match audience {
            Audience::Citizen => "citizens",
            Audience::Company => "companies",
            Audience::Authority => "authorities",
        },
        audiences: |whom| format!("is now for {whom}"),
        no_audiences: "no longer says whom it is for",
        largest: |size| format!("now takes at most {size}"),
        no_largest: "no longer has a size limit",
        most_attachments: |most| {
            format!("now takes at most {most} {}", if most == 1 { "attachment" } else { "attachments" })
        },
        no_most_attachments: "no longer limits the number of attachments",
        code: |code| format!("now has the code {code}"),
        codes: |codes| format!("now has the codes {codes}"),
        no_codes: "no longer has any codes",
        search_term: |term| format!("now has the search term {term}"),
        search_terms: |terms| format!("now has the search terms {terms}"),
        no_search_terms: "no longer has any search terms",
        fields: |fields| format!("now asks for {fields}"),
        no_fields: "no longer asks for fields to be filled in",
    },
    rule: RuleChangeTexts {
        sentence: SENTENCE,
        added: |number, sentence| format!("New rule {number}: {sentence}"),
        removed: |number, sentence| format!("Rule {number} is deleted: {sentence}"),
        changed: |number, changes| format!("Rule {number} {changes}"),
        criterion_words: mail,
        whom: |segment| match segment {
            Segment::Everyone => "everyone",
            Segment::Person => "persons",
            Segment::Company => "companies",
            Segment::Authority => "authorities",
        },
        priority: |number| format!("moves to number {number}"),
        fagsystem: |mail, it| format!("now sends {mail} to {} instead of {}", it.after, it.before),
        criterion: |it| format!("now takes {} instead of {}", it.after, it.before),
        spelling: |it| format!("now spells it “{}” instead of “{}”", it.after, it.before),
        segment: |it| format!("now applies to {} instead of {}", it.after, it.before),
        validity: |it| format!("now applies {} instead of {}", it.after, it.before),
        switched_on: "is switched on",
        switched_off: "is switched off",
        note: |note| format!("gets the note “{note}”"),
        no_note: "loses its note",
    },
    guard: super::guards::CHANGES,
};
