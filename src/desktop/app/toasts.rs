//! Notices of what has happened, in a corner of the window. Some offer to undo it.

use std::time::{Duration, Instant};

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, icon};

/// How long a notice is shown.
const SHOWN_FOR: Duration = Duration::from_secs(8);
/// How long a notice with an offer is shown. Undo itself remains possible after that.
const SHOWN_WITH_OFFER: Duration = Duration::from_secs(20);
/// More would leave no room for the pages above them.
const MOST: usize = 2;

/// The notices that are shown, oldest first.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    shown: Vec<Toast>,
    next: u64,
}

#[derive(Debug)]
struct Toast {
    number: u64,
    words: String,
    is_bad: bool,
    offer: Offer,
    /// It is about a step of the draft.
    is_draft_step: bool,
    since: Instant,
}

/// What a notice offers to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Nothing,
    /// Time to read it.
    Reading,
    /// Undo this step of the draft, while it is the last one.
    Undo(u64),
    /// Close a form and discard its unsaved changes.
    DiscardForm,
    /// Save the picture of that number among the person's documents.
    SaveAmongDocuments(u64),
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Dismiss(u64),
    Undo(u64),
    DiscardForm(u64),
    /// The notice, and the picture.
    SaveAmongDocuments(u64, u64),
}

impl Toasts {
    /// Shows what has been done; `step` is the step of the draft that can be undone, if it was one.
    pub fn notify(&mut self, words: String, step: Option<u64>) {
        self.add(words, false, step.map_or(Offer::Nothing, Offer::Undo), step.is_some());
    }

    /// Shows what was done while nobody could see it, for as long as a notice with an offer.
    pub fn notify_long(&mut self, words: String) {
        self.add(words, false, Offer::Reading, false);
    }

    /// Shows that a step of the draft has been undone.
    pub fn notify_undone(&mut self, words: String) {
        self.add(words, false, Offer::Nothing, true);
    }

    /// Shows what went wrong.
    pub fn warn(&mut self, words: String) {
        self.add(words, true, Offer::Nothing, false);
    }

    /// Shows that a form has unsaved changes, and offers to discard them.
    pub fn warn_unsaved(&mut self, words: String) {
        self.add(words, true, Offer::DiscardForm, false);
    }

    /// Shows that no place was chosen for a picture, and offers one.
    pub fn offer_documents(&mut self, words: String, picture: u64) {
        self.add(words, true, Offer::SaveAmongDocuments(picture), false);
    }

    fn add(&mut self, words: String, is_bad: bool, offer: Offer, is_draft_step: bool) {
        // Of steps of the draft only the last can be undone, so a newer notice replaces an older one.
        self.shown.retain(|toast| toast.words != words && !(is_draft_step && toast.is_draft_step));
        self.shown.push(Toast { number: self.next, words, is_bad, offer, is_draft_step, since: Instant::now() });
        self.next += 1;
        let too_many = self.shown.len().saturating_sub(MOST);
        self.shown.drain(..too_many);
    }

    /// Removes notices of steps, because a publication has ended what can be undone.
    pub fn remove_draft_steps(&mut self) {
        self.shown.retain(|toast| !toast.is_draft_step);
    }

    /// Removes notices that have been shown long enough.
    pub fn expire(&mut self) {
        self.shown.retain(|toast| {
            let shown_for = if toast.offer == Offer::Nothing { SHOWN_FOR } else { SHOWN_WITH_OFFER };
            toast.since.elapsed() < shown_for
        });
    }

    /// Whether there are any, which go away after a while.
    pub fn are_shown(&self) -> bool {
        !self.shown.is_empty()
    }

    pub fn remove(&mut self, number: u64) {
        self.shown.retain(|toast| toast.number != number);
    }

    /// `last_step` is the step that undo would undo; `has_unsaved_changes` says whether there is a form to discard.
    pub fn view(
        &self,
        t: &'static Texts,
        last_step: Option<u64>,
        has_unsaved_changes: bool,
    ) -> Option<Element<'_, Message>> {
        let toasts = self.shown.iter().map(|toast| {
            let symbol = if toast.is_bad { Icon::TriangleAlert } else { Icon::Check };
            let small = |words| focus_button(text(words).size(theme::SMALL)).padding([4, 10]).style(theme::on_toast);
            let offer = match toast.offer {
                Offer::Undo(step) if Some(step) == last_step => {
                    Some(small(t.take_back).on_press(Message::Undo(toast.number)))
                }
                Offer::DiscardForm if has_unsaved_changes => {
                    Some(small(t.drop_form).on_press(Message::DiscardForm(toast.number)))
                }
                Offer::SaveAmongDocuments(picture) => {
                    let save = Message::SaveAmongDocuments(toast.number, picture);
                    Some(small(t.pictures.save_among_documents).on_press(save))
                }
                _ => None,
            };
            let dismiss = focus_button(icon(Icon::X).size(14)).padding(4).style(theme::on_toast);
            let words = text(&toast.words).size(theme::SMALL).width(Fill).wrapping(text::Wrapping::WordOrGlyph);
            let content = row![icon(symbol).size(14), column![words, offer].spacing(8)].spacing(8);
            let content = row![content.width(Fill), dismiss.on_press(Message::Dismiss(toast.number))].spacing(6);
            container(content).padding(10).width(Fill).style(theme::toast).into()
        });
        (!self.shown.is_empty()).then(|| Column::with_children(toasts).spacing(8).into())
    }
}
