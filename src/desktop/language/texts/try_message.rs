//! *Prøv en meddelelse*.

use crate::desktop::model::trial::{FactsOrigin, UnreadMessage};
use crate::rules::Priority;

#[derive(Debug)]
pub(in crate::desktop) struct TryMessageTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub clear: &'static str,
    pub open: &'static str,
    pub paste: &'static str,
    /// Under the facts, that a file can be dropped.
    pub drop_hint: &'static str,
    pub reading: &'static str,
    /// From a message's story.
    pub from_story: &'static str,
    pub origin: fn(FactsOrigin) -> Option<&'static str>,
    /// That a contact point's id or group is left out, for it may hold a CPR number.
    pub left_out: &'static str,
    pub unread: fn(UnreadMessage) -> String,
    pub sender_cvr: &'static str,
    /// Of an empty field for a fact that a message need not have.
    pub none: &'static str,
    /// That the number is an authority's, although a company was chosen.
    pub is_authority: &'static str,
    /// That an authority without a known number has a contact point of its own.
    pub own_contact_point: &'static str,
    pub no_recipient: &'static str,
    /// Of a contact point that is not listed.
    pub unlisted_point: &'static str,
    /// Of a group without a contact point.
    pub group_alone: &'static str,
    pub not_kle: &'static str,
    pub not_form: &'static str,
    pub not_a_cvr: &'static str,
    pub day: &'static str,
    pub by_word: &'static str,
    pub draft: &'static str,
    pub publication: fn(i64) -> String,
    /// The short name of the publication in force.
    pub published: &'static str,
    pub by_rule: fn(Priority) -> String,
    /// On the button that makes a guard of the message.
    pub guard: &'static str,
    pub by_default: &'static str,
    pub paused: &'static str,
    pub unknown_recipient: &'static str,
    pub unknown_recipient_hint: &'static str,
    pub contradicts: &'static str,
    pub contradicts_hint: &'static str,
    pub other_receiver: &'static str,
    pub other_rule: &'static str,
    pub same: &'static str,
    pub ladder: &'static str,
    pub rule: &'static str,
    pub why: &'static str,
    pub decides: &'static str,
    pub also_matches: &'static str,
    /// The same where there is little room.
    pub also_matches_shortly: &'static str,
    pub otherwise: &'static str,
    /// Why the default recipient gets it, or does not.
    pub default_decides: &'static str,
    pub default_waits: &'static str,
    pub make_rule: &'static str,
    pub make_rule_hint: &'static str,
}
