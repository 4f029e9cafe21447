//! What went wrong, in English. Most errors speak English themselves; those are said in other words that the window can be
//! more helpful about.

use std::io;

use super::{access, lesson_builder, network_share, protection, room, training_packages};
use crate::desktop::language::grammar::sentence_of;
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::PreferencesError;
use crate::exchange::SheetError;
use crate::policy::Listening;
use crate::router::RouterError;
use crate::store::StoreError;
use crate::training::{DeliveryError, LessonError};

pub(super) fn error(error: &Error) -> String {
    match error {
        Error::Store(error) => store_error(error),
        Error::Router(error) => router_error(error),
        Error::Faults(faults) => format!("The rules contradict each other, and nothing has changed: {faults}"),
        Error::BrokenGuards(broken) => format!(
            "Nothing was published, for the rules break guards of their own: {}. Mend them in the file, or use postfordeler \
             import with --despite-guards.",
            super::guards::TEXTS.names(broken)
        ),
        Error::Delivery(DeliveryError::Nobody(_)) => "The router does not answer. Start it, and try again.".to_owned(),
        Error::Delivery(_) => "No receipt came from the router.".to_owned(),
        Error::NotTraining => "Made-up messages are sent in training alone, and these are real data.".to_owned(),
        Error::Practice(address) => {
            format!(
                "The practice business systems cannot start: {address} is in use by another program, perhaps another user's \
                 training. Reset training to give it a free port."
            )
        }
        Error::Lesson { file, error } => match &**error {
            LessonError::TooLarge => format!("{file} is larger than 256 KiB. A lesson is a short text."),
            error => format!(
                "The lesson in {file} cannot be used: {} Correct the file and load it again.",
                lesson_builder::lesson_error(error)
            ),
        },
        Error::Progress { file, error } => format!("{file}: {}", (room::TEXTS.error)(error)),
        Error::NoProgress => room::TEXTS.nothing_to_save.to_owned(),
        Error::RoomFull(most) => (room::TEXTS.full)(*most),
        Error::NoLesson(id) => {
            format!("There is no lesson with the id {id}. Load its file again, or choose another lesson.")
        }
        Error::NoTrainingWindow(reason) => {
            format!("The window for training cannot be opened: {reason}. Run “postfordeler training” instead.")
        }
        Error::TrainingPackage(error) => (training_packages::TEXTS.error)(error),
        Error::NoChance => training_packages::TEXTS.no_chance.to_owned(),
        Error::NoPast(error) => (training_packages::TEXTS.no_past)(error).to_owned(),
        Error::NothingPublished => training_packages::TEXTS.nothing_published.to_owned(),
        Error::NotAFile(path) => format!("{} is not a file. Choose a file.", path.display()),
        Error::NoMessages(path) => (training_packages::TEXTS.no_messages_in)(&path.display().to_string()),
        Error::TrainingInUse => training_packages::TEXTS.in_use.to_owned(),
        Error::Sheet(error) => match &**error {
            SheetError::File { path, source } => format!("The file {} cannot be written: {source}", path.display()),
            SheetError::Excel { path, source } => format!("The file {} cannot be written: {source}", path.display()),
        },
        Error::CellTooLong { path, place } => format!(
            "{} cannot be written: the text at {place} is longer than the 32,767 characters that a cell in Excel can hold. Shorten it.",
            path.display()
        ),
        Error::FileExists(path) => {
            format!("The file {} already exists. Choose another name.", path.display())
        }
        Error::Keys(error) => protection::key_error(error),
        Error::Secrets(error) => access::error(error),
        Error::Preferences(PreferencesError::Unreadable { path, reason }) => format!(
            "Your own choices (language, appearance, lists) cannot be read from {} ({reason}). The window starts with the \
             defaults. When you choose something new, the file is set aside.",
            path.display()
        ),
        Error::Preferences(PreferencesError::Unwritable { path, reason }) => format!(
            "Your own choices only last until the window closes: {} cannot be written ({reason}).",
            path.display()
        ),
        Error::File { path, reason } => format!("{path} cannot be read: {reason}"),
        Error::Picture(error) => format!("The picture cannot be drawn: {error}. Show less of it, and try again."),
        Error::Clipboard(reason) => format!(
            "The picture is not copied: the clipboard takes no pictures here ({reason}). Save it as PNG instead, and insert the \
             file."
        ),
        Error::NotPdf(reason) => {
            format!("The document cannot be made as PDF: {reason}. Save it as a web page instead.")
        }
        Error::NoPrinter => {
            "Nothing is printed: there is neither a printer nor a program for PDF files here. Save the document as PDF, and open the \
             file where there is one."
                .to_owned()
        }
        Error::NotPrinted(reason) => {
            format!("The document cannot be printed: {reason}. Save it as PDF and open the file.")
        }
        Error::NoFolderShown(reason) => {
            format!("The folder cannot be opened from here ({reason}). Copy the path, and open it where you open folders.")
        }
        Error::Lost => "It did not work. Try again.".to_owned(),
    }
}

fn router_error(error: &RouterError) -> String {
    match error {
        RouterError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
            format!(
                "{address} is in use by another program, perhaps the router of another user of this machine. Choose another port \
                     under Settings on the page Router."
            )
        }
        RouterError::Protection(error) => protection::error(error),
        RouterError::NotAllowed { address, listening } => match listening {
            Listening::Nowhere => "Your administrator has decided that no router may run on this machine.".to_owned(),
            _ => format!(
                "Your administrator has decided that routers here receive from this machine alone, and others can reach \
                     {address}. Choose an address that begins with 127."
            ),
        },
        RouterError::Store(error) => store_error(error),
        error => sentence_of(error),
    }
}

fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::OnShare { path, share, .. } => {
            (network_share::TEXTS.refused)(&path.display().to_string(), &network_share::TEXTS.share(share))
        }
        StoreError::Guards(guards) => guards.iter().map(protection::damaged).collect::<Vec<_>>().join(" "),
        error => sentence_of(error),
    }
}
