//! What a file is, by its beginning and its name.

pub(super) mod foreign;
pub(super) mod kind;
pub(super) mod training;
