//! What the window knows. Nothing here draws, names things in a language, reads or writes.
//!
//! `workbench` holds the draft. What follows from it and from the router's figures is worked out here as values: the state
//! of a rule, the health of a fagsystem, marks of what has changed. `language` words these values, and screens show them.

pub mod access_kind;
pub mod after_publishing;
pub mod certificate_kind;
pub mod coverage;
pub mod day_review;
pub mod days_of_change;
pub mod default_mail;
pub mod draft_edit;
pub mod error;
pub mod fagsystem_tone;
pub mod foresight;
pub mod guide_place;
pub mod health;
pub mod journal_reading;
pub mod journal_summary;
pub mod kle_tree;
pub mod map;
pub mod marks;
pub mod message_filter;
pub mod names;
pub mod overruling;
pub mod overview_reading;
pub mod page;
pub mod period;
pub mod point_state;
pub mod preferences;
pub mod presentable;
pub mod proof_line;
pub mod room;
pub mod router_state;
pub mod routers;
pub mod rule_state;
pub mod service_level;
pub mod shadow;
pub mod timeline;
pub mod tour;
pub mod travels;
pub mod trial;
pub mod workbench;
