//! What people learn and try with: practice fagsystems, a sample municipality, sample
//! messages, and a postman who delivers them as Digital Post does.

mod pinned;
mod postman;
mod practice;
mod sample;

pub use postman::{Credentials, NoReceipt, Postman};
pub use practice::{PracticeAnswer, PracticeFagsystem, UnknownAnswer};
pub use sample::{SampleLetter, sample_book};
