//! What a screen asks for.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rules;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::page::Page;
use crate::rules::{Criterion, Cvr, FagsystemId, Priority, RuleBook};

/// What screens ask for.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    Focus(&'static str),
    /// Make this the draft.
    Edit(RuleBook, DraftEdit),
    /// Say what stands in the way.
    Warn(String),
    /// Something has been written that would be lost: say so.
    KeepForm,
    /// Scroll a list so far down.
    ScrollTo(&'static str, f32),
    Show(Page),
    /// Only the main groups of KLE that are built in are to count again.
    ForgetKlePlan,
    /// Pack those rules for another environment.
    Pack(BTreeSet<Priority>),
    /// Show a rule in the list of rules.
    FindRule(Priority),
    /// Show the rules that send to a fagsystem.
    FindRulesOf(FagsystemId),
    /// Begin to switch from a fagsystem to another one from a day on.
    SwitchFrom(FagsystemId, Option<FagsystemId>),
    /// Show that authority's rules and fagsystems from now on.
    ChooseAuthority(Cvr),
    /// Begin a rule that looks at that.
    BeginRule(Criterion),
    /// Remember how a list is shown.
    KeepView(&'static str, Value),
    /// What was asked of the rules' screen before is to be done now.
    Again(Box<rules::Message>),
}
