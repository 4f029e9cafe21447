use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{StructureError, StructureNotice};
use crate::rules::{Audience, Priority, Rule};

/// *Kontaktpunkter*.
#[derive(Debug)]
pub(in crate::desktop) struct ContactPointTexts {
    pub title: &'static str,
    /// How many are shown of how many, how many of all no rule takes, and of how many rules take a part.
    pub count: fn(shown: usize, all: usize, without_rule: usize, partly: usize) -> String,
    pub points: fn(usize) -> String,
    pub new: &'static str,
    pub import: &'static str,
    pub none: &'static str,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub search: &'static str,
    pub as_tree: &'static str,
    pub as_list: &'static str,
    pub without_rule: &'static str,
    pub group: &'static str,
    pub no_group: &'static str,
    pub name: &'static str,
    pub groups: &'static str,
    pub groups_hint: &'static str,
    pub groups_example: &'static str,
    pub codes: &'static str,
    pub codes_hint: &'static str,
    pub not_a_code: fn(&str) -> String,
    pub state_title: &'static str,
    pub state: fn(PointState) -> &'static str,
    pub taken_by: &'static str,
    /// Where post goes that no rule takes which names its contact point.
    pub goes_on: fn(Rest) -> &'static str,
    /// The first rule that takes its post, with the fagsystem's name, how many more there are, and where what is left goes.
    pub taken: fn(&Rule, fagsystem: &str, more: usize, Option<Rest>) -> String,
    /// Where all of it goes, with the default recipient's name.
    pub all_to_default: fn(fagsystem: &str, Rest) -> String,
    pub rest_to_default: fn(fagsystem: &str, Rest) -> String,
    /// That a rule for a group takes only what names the group.
    pub by_group: &'static str,
    pub addressed: fn(u64) -> String,
    pub new_rule: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub id_taken: &'static str,
    pub description: &'static str,
    pub audiences: &'static str,
    pub audience: fn(Audience) -> &'static str,
    pub is_active: &'static str,
    pub is_visible: &'static str,
    pub largest: &'static str,
    pub not_a_size: &'static str,
    /// The two ways in which a size can be read.
    pub ambiguous_size: fn(&str, &str) -> String,
    pub attachments: &'static str,
    pub not_a_count: &'static str,
    pub terms: &'static str,
    pub terms_hint: &'static str,
    pub fields: &'static str,
    pub fields_hint: &'static str,
    pub overtaken: &'static str,
    pub delete: &'static str,
    pub needed_by_rules: fn(&[Priority]) -> String,
    /// Why files could not be read as a contact structure.
    pub error: fn(&StructureError) -> String,
    /// What people should know of a contact structure that was read.
    pub notice: fn(&StructureNotice) -> String,
}
