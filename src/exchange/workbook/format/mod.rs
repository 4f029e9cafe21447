//! How an authority is laid out in tables, whether they are read or written: the columns, the words in cells, several things
//! in one cell, and the names of fagsystems.

pub(super) mod called;
pub(super) mod kind;
pub(super) mod listed;
pub(super) mod title;
pub(super) mod words;
