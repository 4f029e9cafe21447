//! What people learn and try with: practice fagsystems, a sample municipality, sample
//! messages, and a postman who delivers them as Digital Post does.

mod letter_line;
mod pinned;
mod postman;
mod practice;
mod sample;

pub use letter_line::{LetterLine, LetterListener, LetterSender};
pub use postman::{Credentials, DeliveryError, Postman};
pub use practice::{Practice, PracticeAnswer, PracticeError, PracticeFagsystem, UnknownAnswer};
pub use sample::{SampleLetter, sample_book};
