//! How text is written in files: its encoding, numbers, ids and near misses of words.

pub(crate) mod decimal;
pub(super) mod encoding;
pub(super) mod formula_guard;
pub(crate) mod id;
pub(super) mod resemblance;
pub(super) mod xml;
