//! A fagsystem to practise with: it takes messages as a real one would, and answers as it is set to.

mod behaviour;
mod letter_line;
mod reply;
mod server;

pub use self::behaviour::{Practice, PracticeAnswer, UnknownAnswer};
pub use self::letter_line::{LetterLine, LetterListener, LetterSender};
pub use self::server::{PracticeError, PracticeFagsystem};
