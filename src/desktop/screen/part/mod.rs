//! What several screens draw in the same way.

pub(super) mod after_publishing;
pub(super) mod away;
pub(super) mod criteria;
pub(super) mod difference;
pub(super) mod document_view;
pub(super) mod effects;
pub(super) mod explained;
pub(super) mod found;
pub(super) mod guarding;
pub(super) mod health;
pub(super) mod in_clear;
pub(super) mod map;
pub(super) mod mark;
pub(in crate::desktop) mod paper;
pub(in crate::desktop) mod picture_out;
pub(super) mod proof;
pub(in crate::desktop) mod published;
pub(in crate::desktop) mod router_status;
pub(super) mod routers;
pub(super) mod sheet_file;
pub(in crate::desktop) mod words;
