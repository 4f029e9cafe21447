//! What people learn and try with: practice fagsystems, a sample municipality, sample messages.

mod practice;
mod sample;

pub use practice::{PracticeAnswer, PracticeFagsystem, UnknownAnswer};
pub use sample::{SampleLetter, sample_book};
