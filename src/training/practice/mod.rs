//! Fagsystems to practise with: they take messages as real ones would, and answer as they are set to. A
//! [`PracticeFagsystem`] is one, for the command line; a [`PracticeRoom`] holds all those of a municipality, for the window.

mod behaviour;
mod inbox;
mod letter_line;
mod mood;
mod reply;
mod room;
mod server;

pub use self::behaviour::{Practice, PracticeAnswer, UnknownAnswer};
pub use self::inbox::{InboxLetter, LetterFate, PracticeInbox, RoomSnapshot};
pub use self::letter_line::{LetterLine, LetterListener, LetterSender};
pub use self::mood::PracticeMood;
pub use self::room::{PracticeRoom, practice_path};
pub use self::server::{PracticeError, PracticeFagsystem};
