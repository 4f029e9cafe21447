//! The screens. Each is a folder that reads from top to bottom: its state, its messages, what it asks for, and how it
//! looks. A screen changes nothing but itself; what it wants done it returns as an [`Action`](action::Action).

pub(super) mod action;
pub(super) mod authorities;
pub(super) mod changes;
pub(super) mod command;
pub(super) mod contact_points;
pub(super) mod contract;
pub(super) mod fagsystems;
pub(super) mod files;
pub(super) mod history;
pub(super) mod kle;
pub(super) mod messages;
pub(super) mod overview;
pub(super) mod part;
pub(super) mod router;
pub(super) mod rules;
pub(super) mod scene;
pub(super) mod table;
pub(super) mod welcome;
