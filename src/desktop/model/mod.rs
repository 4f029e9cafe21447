//! What the window knows: neither how it is drawn nor what it is called.

pub mod access_kind;
pub mod certificate_kind;
pub mod draft_edit;
pub mod error;
pub mod foresight;
pub mod health;
pub mod journal_reading;
pub mod journal_summary;
pub mod kle_tree;
pub mod marks;
pub mod message_filter;
pub mod overview_reading;
pub mod page;
pub mod period;
pub mod point_state;
pub mod preferences;
pub mod router_state;
pub mod rule_state;
pub mod workbench;
