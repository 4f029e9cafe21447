//! Training: a data set of its own, which no message leaves.

mod beginnings;
mod reach;
mod window;
