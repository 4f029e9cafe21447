//! What a screen asks for, in one shape for every screen.

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::widget::operation::{self, AbsoluteOffset};
use iced::{Task, clipboard};
use serde_json::Value;

use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::message_filter::MessageFilter;
use crate::desktop::model::page::Page;
use crate::rules::{Criterion, Cvr, FagsystemId, KlePlan, Priority, RuleBook};
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Guard, OverviewPeriod, Protection, PublicationNumber, RouterSettings};
use crate::training::SampleLetter;

/// What a screen wants done besides changing itself. `Message` is the screen's own.
#[derive(Default)]
pub(in crate::desktop) enum Action<Message> {
    #[default]
    None,
    /// Work that ends with a message to the screen, or something done to what is drawn: focus, scrolling, the clipboard.
    Run(Task<Message>),
    /// Something that the application does for every screen.
    Ask(Request),
    /// The screen is to be told this, once what comes before it has been done.
    Then(Message),
    /// One after the other.
    All(Vec<Self>),
}

/// What the application does for screens.
#[derive(Debug)]
pub(in crate::desktop) enum Request {
    /// Make this the draft.
    Edit(RuleBook, DraftEdit),
    /// Say what has been done.
    Tell(String),
    /// Say what stands in the way.
    Warn(String),
    /// Say what has failed.
    Report(Error),
    /// Something has been written that would be lost: say so.
    KeepForm,
    Show(Page),
    /// Show that authority's rules and fagsystems from now on.
    ChooseAuthority(Cvr),
    /// Show a rule of the authority that is shown.
    FindRule(Priority),
    /// Show a rule of that authority.
    OpenRule(Cvr, Priority),
    /// Show the rules that send to a fagsystem.
    FindRulesOf(FagsystemId),
    /// Begin a rule that looks at that, of that authority or of the one that is shown.
    BeginRule(Option<Cvr>, Criterion),
    /// Begin to switch from a fagsystem to another one from a day on.
    SwitchFrom(FagsystemId, Option<FagsystemId>),
    OpenFagsystem(Cvr, FagsystemId),
    /// Put a paused fagsystem back in use.
    Resume(Cvr, FagsystemId),
    /// Show a message's story.
    OpenMessage(i64),
    /// List the messages that fit all of these.
    ListMessages(Vec<MessageFilter>),
    /// Pack those rules for another environment.
    Pack(BTreeSet<Priority>),
    /// Remember how a list is shown.
    KeepView(&'static str, Value),
    /// This plan of KLE numbers counts from now on; without one, the main groups that are built in.
    KeepKlePlan(Option<Arc<KlePlan>>),
    /// Publish the draft with that note.
    Publish(String),
    /// Put the draft's changes on top of the newest publication.
    CarryOver,
    ForgetLeftBehind,
    /// Make an older publication the draft.
    Restore(PublicationNumber),
    /// Publish the very first rules, with a name for the note, and what KLE numbers mean where that was read.
    PublishFirst(RuleBook, String, Option<Arc<KlePlan>>),
    BeginSample,
    /// Read the overview of that period from now on, when it is not known yet.
    ReadOverview(OverviewPeriod),
    /// Have the journal go by the machine's clock again.
    ConfirmClock,
    /// Start the router with what its screen says.
    StartRouterAsShown,
    StartRouter(Box<RouterSettings>),
    StopRouter,
    /// Send these sample messages, one after the other.
    Send(Vec<SampleLetter>),
    Protect(Protection),
    /// Make this API key count, under that name.
    AddKey(ApiKey, Option<String>),
    /// The API key of that id is to count no more.
    RevokeKey(String),
    RemoveKeys,
    /// Give a damaged setting its usual value.
    Reset(Guard),
    MoveSecrets(SecretsLocation),
    /// Keep messages for that many days.
    KeepMessagesFor(u16),
}

impl<Message: Send + 'static> Action<Message> {
    /// The field of that name gets the keyboard.
    pub fn focus(field: &'static str) -> Self {
        Self::Run(operation::focus(field))
    }

    /// That list is scrolled so that what lies `y` logical pixels down is at its top.
    pub fn scroll_to(list: &'static str, y: f32) -> Self {
        Self::Run(operation::scroll_to(list, AbsoluteOffset { x: None, y: Some(y) }))
    }

    /// To the clipboard.
    pub fn copy(text: String) -> Self {
        Self::Run(clipboard::write(text))
    }

    /// Has work done beside the window; the screen is told what came of it.
    pub fn perform<T: Send + 'static>(
        work: impl Future<Output = T> + Send + 'static,
        told: impl Fn(T) -> Message + Send + 'static,
    ) -> Self {
        Self::Run(Task::perform(work, told))
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it changes the draft.
    pub fn is_edit(&self) -> bool {
        matches!(self, Self::Ask(Request::Edit(..)))
    }

    /// First this, then another.
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

    /// The action of a part, whose messages are wrapped in the screen's.
    pub fn map<N: Send + 'static>(self, wrap: impl Fn(Message) -> N + Clone + Send + 'static) -> Action<N> {
        match self {
            Self::None => Action::None,
            Self::Run(task) => Action::Run(task.map(wrap)),
            Self::Ask(request) => Action::Ask(request),
            Self::Then(message) => Action::Then(wrap(message)),
            Self::All(actions) => Action::All(actions.into_iter().map(|action| action.map(wrap.clone())).collect()),
        }
    }

    pub fn edit(book: RuleBook, edit: DraftEdit) -> Self {
        Request::Edit(book, edit).into()
    }

    pub fn tell(words: impl Into<String>) -> Self {
        Request::Tell(words.into()).into()
    }

    pub fn warn(words: impl Into<String>) -> Self {
        Request::Warn(words.into()).into()
    }

    pub fn report(error: Error) -> Self {
        Request::Report(error).into()
    }

    pub fn keep_form() -> Self {
        Request::KeepForm.into()
    }

    pub fn show(page: Page) -> Self {
        Request::Show(page).into()
    }
}

impl<Message> From<Request> for Action<Message> {
    fn from(request: Request) -> Self {
        Self::Ask(request)
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
