//! What a screen returns when it has handled a message: work to run, requests to the application, or nothing. The shape
//! is the same for every screen, so that the application carries all of them out in one place.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::operation::{self, AbsoluteOffset};
use iced::{Task, clipboard};
use jiff::civil::Date;
use serde_json::Value;

use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::map::TracedMessage;
use crate::desktop::model::message_filter::MessageFilter;
use crate::desktop::model::overruling::Overruling;
use crate::desktop::model::page::Page;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::service::PictureFormat;
use crate::picture::Picture;
use crate::rules::{Criterion, Cvr, Facts, FagsystemId, KlePlan, Priority, RuleBook};
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Guard, OverviewPeriod, Protection, PublicationNumber, RouterSettings};
use crate::training::SampleLetter;

/// What is to happen besides the change of the screen's own state. `Message` is the screen's own.
#[derive(Default)]
pub(in crate::desktop) enum Action<Message> {
    #[default]
    None,
    /// Work that ends in a message to the screen, or an operation on widgets: focus, scrolling, the clipboard.
    Run(Task<Message>),
    /// Something that only the application can do.
    Request(Request),
    /// Sends this message to the screen after the actions before it have been carried out.
    Send(Message),
    /// Carries these out in order.
    All(Vec<Self>),
}

/// What the application does on behalf of screens.
#[derive(Debug)]
pub(in crate::desktop) enum Request {
    /// Replace the draft with this book, as one step that can be undone.
    Edit(RuleBook, DraftEdit),
    /// Show a notice that something has been done.
    Notify(String),
    /// Show a notice that something was refused.
    Warn(String),
    /// Show a notice about an error.
    ShowError(Error),
    /// Show a notice that a form has unsaved changes, with a button that discards them.
    WarnUnsaved,
    Show(Page),
    /// Show the rules of that day on every screen; `None` for today.
    LookAt(Option<Date>),
    /// Select an authority: screens show its rules, fagsystems and contact points.
    ChooseAuthority(Cvr),
    /// Show a rule of the selected authority.
    ShowRule(Priority),
    /// Select the authority and show one of its rules.
    OpenRule(Cvr, Priority),
    /// List the rules that send to a fagsystem.
    ListRulesOf(FagsystemId),
    /// Begin a new rule of the selected authority, of which nothing is known yet.
    BeginEmptyRule,
    /// Begin a new rule with this criterion, in that authority or in the selected one.
    BeginRule(Option<Cvr>, Criterion),
    /// Begin a new rule of the selected authority with this criterion and fagsystem, before the rule that would leave nothing
    /// to it.
    BeginRuleTo(Criterion, FagsystemId),
    /// Begin to switch rules from one fagsystem to another from some day on.
    BeginSwitch(FagsystemId, Option<FagsystemId>),
    OpenFagsystem(Cvr, FagsystemId),
    /// Show a publication and what it changed.
    OpenPublication(PublicationNumber),
    /// Publish at once that a paused fagsystem is in use again.
    Resume(Cvr, FagsystemId),
    /// Show on the map which way that message goes.
    ShowOnMap(Box<TracedMessage>),
    /// Show the story of the message with this number in the journal.
    OpenMessage(i64),
    /// Show on *Prøv en meddelelse* where a message with these facts would go on that day. Without one, the day that stands
    /// there already is kept.
    TryMessage(Box<Facts>, Option<Date>, FactsOrigin),
    /// Read these files on *Filer*.
    ReadFiles(Vec<PathBuf>),
    /// List the messages that match all of these filters.
    ListMessages(Vec<MessageFilter>),
    /// Prepare a package of these rules for another environment.
    PackageRules(BTreeSet<Priority>),
    /// Save how a list is sorted and filtered, under the list's name.
    SaveView(&'static str, Value),
    /// Use this KLE plan from now on; `None` means the built-in main groups.
    SaveKlePlan(Option<Arc<KlePlan>>),
    /// Publish the draft with this note, and the guards that may be broken by it.
    Publish(String, Option<Overruling>),
    /// Apply the draft's changes to the newest publication.
    CarryOver,
    /// Forget the changes that could not be carried over.
    DismissConflicts,
    /// Make an older publication the draft.
    Restore(PublicationNumber),
    /// Publish the first rules of a new store: the book, a name for the publication's note, and the KLE plan if one was
    /// imported.
    PublishFirst(RuleBook, String, Option<Arc<KlePlan>>),
    OpenTraining,
    /// Begin training anew with the training package in that file, or for `None` with the sample municipality.
    BeginTrainingWith(Option<Arc<[u8]>>),
    CloseGuide,
    BeginTour,
    /// Begin training anew with the lesson of that id; `None`: with the sample municipality.
    BeginLesson(Option<String>),
    /// Show this period on the overview, and read it unless that is done already.
    ReadOverview(OverviewPeriod),
    /// Record that the machine's clock is right, so that the journal uses it again.
    ConfirmClock,
    /// Start the router with the settings on its screen.
    StartRouterAsShown,
    StartRouter(Box<RouterSettings>),
    StopRouter,
    /// Send these sample messages one after the other.
    SendSamples(Vec<SampleLetter>),
    SaveProtection(Protection),
    /// Accept this API key from now on, under this name.
    AddApiKey(ApiKey, Option<String>),
    /// Stop accepting the API key with this id.
    RevokeApiKey(String),
    RemoveApiKeys,
    /// Reset a damaged setting to its default.
    ResetSetting(Guard),
    MoveSecrets(SecretsLocation),
    /// Put this picture onto the clipboard.
    CopyPicture(Picture),
    /// Save this picture where people choose; the suggested name of the file has no ending.
    SavePicture(Picture, PictureFormat, String),
    /// Keep messages for this many days.
    SetRetention(u16),
}

impl<Message: Send + 'static> Action<Message> {
    /// Moves the keyboard focus to a field.
    pub fn focus(field: &'static str) -> Self {
        Self::Run(operation::focus(field))
    }

    /// Scrolls a list so that its content begins `y` logical pixels down.
    pub fn scroll_to(list: &'static str, y: f32) -> Self {
        Self::Run(operation::scroll_to(list, AbsoluteOffset { x: None, y: Some(y) }))
    }

    /// Copies text to the clipboard.
    pub fn copy(text: String) -> Self {
        Self::Run(clipboard::write(text))
    }

    /// Runs work outside the window's thread and sends the screen its result.
    pub fn perform<T: Send + 'static>(
        work: impl Future<Output = T> + Send + 'static,
        to_message: impl Fn(T) -> Message + Send + 'static,
    ) -> Self {
        Self::Run(Task::perform(work, to_message))
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it changes the draft.
    pub fn is_edit(&self) -> bool {
        matches!(self, Self::Request(Request::Edit(..)))
    }

    /// This action followed by another.
    pub fn then(self, next: impl Into<Self>) -> Self {
        match (self, next.into()) {
            (Self::None, action) | (action, Self::None) => action,
            (Self::All(mut actions), next) => {
                actions.push(next);
                Self::All(actions)
            }
            (first, next) => Self::All(vec![first, next]),
        }
    }

    /// The action of a part of a screen, with its messages wrapped in the screen's own.
    pub fn map<N: Send + 'static>(self, wrap: impl Fn(Message) -> N + Clone + Send + 'static) -> Action<N> {
        match self {
            Self::None => Action::None,
            Self::Run(task) => Action::Run(task.map(wrap)),
            Self::Request(request) => Action::Request(request),
            Self::Send(message) => Action::Send(wrap(message)),
            Self::All(actions) => Action::All(actions.into_iter().map(|action| action.map(wrap.clone())).collect()),
        }
    }

    pub fn edit(book: RuleBook, edit: DraftEdit) -> Self {
        Request::Edit(book, edit).into()
    }

    pub fn notify(words: impl Into<String>) -> Self {
        Request::Notify(words.into()).into()
    }

    pub fn warn(words: impl Into<String>) -> Self {
        Request::Warn(words.into()).into()
    }

    pub fn show_error(error: Error) -> Self {
        Request::ShowError(error).into()
    }

    pub fn warn_unsaved() -> Self {
        Request::WarnUnsaved.into()
    }

    pub fn show(page: Page) -> Self {
        Request::Show(page).into()
    }
}

impl<Message> From<Request> for Action<Message> {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}

impl<Message> From<Option<Self>> for Action<Message> {
    fn from(action: Option<Self>) -> Self {
        action.unwrap_or(Self::None)
    }
}

impl<Message> FromIterator<Self> for Action<Message> {
    fn from_iter<I: IntoIterator<Item = Self>>(actions: I) -> Self {
        Self::All(actions.into_iter().collect())
    }
}
