//! For learning and trying out: a sample municipality with sample messages, a [`Postman`] who delivers messages as Digital
//! Post does, and what receives them: a [`PracticeFagsystem`] for the command line, a [`PracticeRoom`] for the window. A
//! [`MessageMaker`] makes believable messages to any authority, and [`PastMail`] a month of mail for an empty journal. A
//! [`TrainingPackage`] is what training begins with, in one file; [`Disguise`] makes one of real rules and a real journal in which
//! nobody is to be found again. A [`ProgressFile`] carries how far the people at one machine have come to where a room is gathered.

mod lesson;
mod maker;
mod package;
mod pinned;
mod postman;
mod practice;
mod progress;
mod sample;
mod traffic;

pub use lesson::{
    Attempt, AttemptFile, Evidence, Fault, Goal, GoalFile, GoalKind, GuardFile, InTwoLanguages, Lesson, LessonError,
    LessonFile, LessonFlaw, LessonProblem, LessonSyntax, LettersFile, Mistake, MovedFile, ReceivedFile, Recorded,
    RecordedLetters, StartFile, Verdict, WrongMessage,
};
pub use maker::{
    MadeMessage, MessageMaker, PastMail, PastMailError, Shape, Subject, Wish, WishedAddress, WishedNumber, Writer,
};
pub use package::{
    Disguise, DisguiseChoices, JournalFault, MessagesToPack, NotAsChosen, PackageFault, PackageLimits, PackageOrder,
    PackageOrderError, PackedMessage, TrainingCall, TrainingPackage, TrainingPackageError, TrainingStart,
    TrainingStartError,
};
pub use postman::{Credentials, DeliveryError, Postman};
pub use practice::{
    InboxLetter, LetterFate, LetterLine, LetterListener, LetterSender, Practice, PracticeAnswer, PracticeError,
    PracticeFagsystem, PracticeInbox, PracticeMood, PracticeRoom, RoomSnapshot, UnknownAnswer, practice_path,
};
pub use progress::{ProgressFault, ProgressFile, ProgressFileError};
pub use sample::{SampleLetter, sample_book};
pub use traffic::{
    SentFate, SentMessage, Traffic, TrafficCounts, TrafficOrder, TrafficPace, TrafficSnapshot, TrafficStep, Turn,
};
