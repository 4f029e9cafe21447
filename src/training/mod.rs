//! For learning and trying out: a sample municipality with sample messages, a [`Postman`] who delivers messages as Digital
//! Post does, and a [`PracticeFagsystem`] that receives them.

mod pinned;
mod postman;
mod practice;
mod sample;

pub use postman::{Credentials, DeliveryError, Postman};
pub use practice::{
    LetterLine, LetterListener, LetterSender, Practice, PracticeAnswer, PracticeError, PracticeFagsystem, UnknownAnswer,
};
pub use sample::{SampleLetter, sample_book};
