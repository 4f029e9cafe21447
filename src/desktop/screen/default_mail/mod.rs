//! *Opsamling*: how much of the mail rules decide, what falls to the default recipient, and rules for it.

mod groups;
mod number;

use std::time::{Duration, Instant};

use iced::Element;
use iced::widget::{column, container, scrollable, text};
use iced::{Center, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::action::{Action, Request};
use super::command::Command;
use super::contract::Screen;
use super::part::explained::explained;
use super::part::picture_out::{PictureWay, picture_commands};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::default_mail::{Facet, Span, Step};
use crate::desktop::model::error::Error;
use crate::desktop::model::message_filter::MessageFilter;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::service::{DefaultMailReport, DefaultMailRequest};
use crate::desktop::theme;
use crate::desktop::widget::{empty_with, focus_button, labelled_button, note};
use crate::rules::{Criterion, Cvr};
use crate::store::{MessageSubject, PublicationNumber, RouterSettings};

const PAGE: &str = "default-mail";
const GAP: f32 = 14.0;
/// After a reading that took long, the journal is left alone for this many times as long, so that a busy router is not
/// slowed down by being watched.
const REST: u32 = 10;
const LONG: Duration = Duration::from_millis(100);

/// *Opsamling*.
#[derive(Debug, Default)]
pub(in crate::desktop) struct DefaultMailScreen {
    span: Span,
    step: Step,
    facet: Facet,
    /// The earlier month to compare with; the last one unless the person has chosen another.
    month: Option<Date>,
    report: Option<(Cvr, DefaultMailReport)>,
    /// The day whose rules of the draft the newest reading asks for.
    asked: Option<Date>,
    /// The number of the newest reading: what older ones find is not shown.
    newest: u64,
    under_way: Option<Instant>,
    /// Something has come since the newest reading began.
    is_stale: bool,
    not_before: Option<Instant>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Choose(Span),
    Draw(Step),
    GroupBy(Facet),
    Compare(Date),
    /// A reading ended: its number, and the authority that it was of.
    Read(u64, Cvr, Result<DefaultMailReport, Error>),
    /// Begin a rule that takes a group.
    MakeRule(Criterion),
    /// List the messages of a group.
    List(Criterion),
    OpenPublication(PublicationNumber),
    ShowRouter,
    /// Copy or save the curve.
    PictureOut(PictureWay),
}

impl DefaultMailScreen {
    fn read(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.newest += 1;
        (self.under_way, self.is_stale) = (Some(Instant::now()), false);
        self.asked = Some(scene.day());
        let (number, authority) = (self.newest, scene.authority.cvr);
        let request = DefaultMailRequest {
            authority,
            since: self.span.begin(scene.now),
            draft: scene.bench.insight().distributor.clone(),
            day: scene.day(),
        };
        scene.serve(move |services| services.default_mail(request), move |read| Message::Read(number, authority, read))
    }

    /// What is known of the selected authority.
    fn report(&self, scene: Scene<'_>) -> Option<&DefaultMailReport> {
        self.report.as_ref().filter(|(of, _)| *of == scene.authority.cvr).map(|(_, report)| report)
    }

    fn head<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.default_mail;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let to = fagsystem_name(scene.authority, &scene.authority.default_fagsystem);
        let spans = Span::ALL.map(|span| {
            let words = text((t.span)(span)).size(theme::SMALL);
            let chip = focus_button(words).padding([5, 14]).style(theme::chip(span == self.span));
            chip.on_press(Message::Choose(span)).into()
        });
        let titles = column![title, explained((t.about)(to), scene.t.language)].spacing(2).width(Fill);
        iced::widget::row![titles, iced::widget::row(spans).spacing(6)].spacing(12).align_y(Center).into()
    }
}

impl Screen for DefaultMailScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Inbox;
    const KEYWORDS: &'static str = "default modtager falder igennem uden regel automatisk andel procent opsamlingssystem \
                                    catch all unruled fall through share automation";

    fn title(t: &'static Texts) -> &'static str {
        t.default_mail.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Choose(span) => {
                self.span = span;
                return self.read(scene);
            }
            Message::Draw(step) => self.step = step,
            Message::GroupBy(facet) => self.facet = facet,
            Message::Compare(month) => self.month = Some(month),
            Message::Read(number, authority, read) if number == self.newest => {
                let took = self.under_way.take().map_or(Duration::ZERO, |begun| begun.elapsed());
                let rest = if took > LONG { took * REST } else { Duration::ZERO };
                self.not_before = Instant::now().checked_add(rest);
                match read {
                    Ok(report) => self.report = Some((authority, report)),
                    Err(error) => return Action::show_error(error),
                }
            }
            // A newer one is under way.
            Message::Read(..) => {}
            Message::MakeRule(criterion) => return Request::BeginRule(Some(scene.authority.cvr), criterion).into(),
            Message::List(criterion) => {
                let since = self.span.begin(scene.now).map(MessageFilter::Since);
                let subject = subject(criterion).map(MessageFilter::Subject);
                let filters = [MessageFilter::Default].into_iter().chain(since).chain(subject);
                return Request::ListMessages(filters.collect()).into();
            }
            Message::OpenPublication(number) => return Request::OpenPublication(number).into(),
            Message::ShowRouter => return Action::show(Page::Router),
            Message::PictureOut(way) => {
                return self.report(scene).map(|report| self.outgoing_curve(report, scene).go(way, scene)).into();
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.default_mail;
        let head = container(self.head(scene)).padding([16, 20]);
        let Some(report) = self.report(scene) else {
            return column![head, container(note(t.working_out)).padding([0, 20])].into();
        };
        if report.automation.since(None).all == 0 {
            let next = labelled_button(Icon::Radio, scene.t.overview.to_router).style(theme::primary);
            return column![
                head,
                empty_with(Icon::Inbox, explained(t.none, scene.t.language), next.on_press(Message::ShowRouter))
            ]
            .into();
        }
        let parts = column![self.number_card(report, scene), self.groups_card(report, scene)];
        let parts = scrollable(parts.spacing(GAP).padding(iced::Padding::new(20.0).top(0)));
        column![head, parts.id(PAGE).width(Fill).height(Fill).style(theme::scrollbar)].into()
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let has_curve = self.report(scene).is_some_and(|report| report.automation.since(None).all > 0);
        if has_curve { picture_commands(scene.t.default_mail.curve, scene, Message::PictureOut) } else { Vec::new() }
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read(scene)
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        let is_other_day = self.asked.is_some_and(|asked| asked != scene.day());
        let is_resting = self.not_before.is_some_and(|not_before| Instant::now() < not_before);
        let is_due = is_other_day || (self.is_stale && !is_resting);
        if is_due && self.under_way.is_none() { self.read(scene) } else { Action::None }
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.is_stale = true;
        self.follow(scene)
    }

    fn is_moving(&self) -> bool {
        self.is_stale
    }
}

/// What the messages of a group are about, as the list of messages finds them; `None` where it has no such filter.
fn subject(criterion: Criterion) -> Option<MessageSubject> {
    Some(match criterion {
        Criterion::ContactPoint(id) => MessageSubject::ContactPoint(id),
        Criterion::ContactGroup(name) => MessageSubject::ContactGroup(name),
        Criterion::SenderCvr(cvr) => MessageSubject::Sender(cvr),
        Criterion::RecipientCvr(cvr) => MessageSubject::Recipient(cvr),
        Criterion::Kle(interval) => MessageSubject::Kle(interval),
        Criterion::Form(interval) => MessageSubject::Form(interval),
        Criterion::NoContactPoint(_) => return None,
    })
}
