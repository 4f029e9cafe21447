//! *Kræver opmærksomhed*: the warnings, with buttons for what can be done about them.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::{Message, OverviewScreen, find, listed};
use crate::desktop::model::health::{FagsystemRef, Warning};
use crate::desktop::model::page::Page;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{FocusButton, Tone, focus_button, heading, icon, note};
use crate::rules::RuleBook;
use crate::store::{DeliveryFailure, Overview, Reason};

/// The indentation below the words of a warning.
const INDENT: f32 = 36.0;

impl OverviewScreen {
    pub(super) fn attention_card<'a>(
        &'a self,
        warnings: &[Warning],
        overview: &'a Overview,
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let t = &scene.t.overview;
        if warnings.is_empty() {
            let calm = row![icon(Icon::CircleCheck).style(theme::good), text(t.no_attention)];
            return column![heading(t.attention), calm.spacing(10).align_y(Center)].spacing(12).padding(16).into();
        }
        let head = row![heading(t.attention), note(warnings.len().to_string())].spacing(8).align_y(Center);
        let lines = warnings.iter().map(|warning| self.warning(warning, overview, scene));
        let lines = Column::with_children(lines).spacing(4).padding([0, 6]);
        let head = container(head).padding(Padding::new(16.0).bottom(8));
        column![head, lines].padding(Padding::ZERO.bottom(8)).into()
    }

    /// A warning with its advice and buttons. Pressing the words opens what it is about.
    fn warning<'a>(&'a self, warning: &Warning, overview: &'a Overview, scene: Scene<'a>) -> Element<'a, Message> {
        let words = scene.t.overview.warning(warning, scene.now);
        let (symbol, tone): (_, Tone) =
            if warning.is_urgent() { (Icon::OctagonAlert, theme::bad) } else { (Icon::TriangleAlert, theme::warning) };
        let words = column![text(words.what).font(theme::SEMIBOLD), note(words.advice)].spacing(2).width(Fill);
        let line = focus_button(row![icon(symbol).style(tone), words].spacing(10)).padding([7, 10]);
        let line = line.style(theme::navigation(false)).on_press_maybe(about(warning, overview));
        let buttons = self.buttons(warning, overview, scene);
        let buttons = (!buttons.is_empty()).then(|| {
            let buttons = row(buttons).spacing(6).wrap().vertical_spacing(6);
            container(buttons).padding(Padding::ZERO.left(INDENT).right(10).bottom(6))
        });
        let of = warning.fagsystem();
        let probing = of.and_then(|of| self.probed.get(&(of.authority, of.id.clone())));
        let result = probing.and_then(|probing| probing.result(scene.t));
        let result = result.map(|result| {
            let result = container(result).padding(10).width(Fill).style(theme::highlight);
            container(result).padding(Padding::ZERO.left(INDENT).right(10).bottom(8))
        });
        column![line, buttons, result].into()
    }

    fn buttons<'a>(&'a self, warning: &Warning, overview: &Overview, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
        let t = &scene.t.overview;
        let button = |symbol, words, message: Option<Message>| -> Element<'a, Message> {
            small_button(symbol, words).on_press_maybe(message).into()
        };
        let mut buttons = Vec::new();
        if let Some(of) = warning.fagsystem() {
            let book = &scene.bench.published().book;
            buttons.extend(self.fagsystem_buttons(of, warning, book, scene));
        }
        match warning {
            Warning::RouterStopped | Warning::NoRouterRuns | Warning::RouterUnknown | Warning::RouterFailed(_) => {
                buttons.push(button(Icon::Play, t.start_router, Some(Message::StartRouter)));
            }
            Warning::ClockDoubted(_) => {
                buttons.push(button(Icon::ClockCheck, t.clock_is_right, Some(Message::ConfirmClock)));
            }
            Warning::Expiring { authority, rules, .. } => {
                let first = rules.first().map(|rule| Message::OpenRule(*authority, *rule));
                buttons.push(button(Icon::ListOrdered, t.show_rule, first));
            }
            Warning::AfterPublishing { previous, .. } => {
                let back = Some(Message::TakeBack(*previous));
                buttons.push(button(Icon::RotateCcw, scene.t.after_publishing.take_back, back));
            }
            Warning::ServiceLevel { .. } => {
                let show = Some(Message::Show(Page::ServiceLevels));
                buttons.push(button(Icon::BadgeCheck, scene.t.service_levels.title, show));
            }
            Warning::ByDefault { .. } => {
                let show = Some(Message::Show(Page::DefaultMail));
                buttons.push(button(Icon::Inbox, scene.t.default_mail.title, show));
            }
            _ => {}
        }
        if let Some(list) = messages_of(warning, overview) {
            buttons.push(button(Icon::Mail, t.show_messages, Some(list)));
        }
        buttons
    }

    fn fagsystem_buttons<'a>(
        &'a self,
        of: &FagsystemRef,
        warning: &Warning,
        book: &RuleBook,
        scene: Scene<'a>,
    ) -> Vec<Element<'a, Message>> {
        let t = &scene.t.overview;
        let Some((_, fagsystem)) = find(book, of.authority, &of.id) else { return Vec::new() };
        let (authority, id) = (of.authority, of.id.clone());
        let mut buttons = Vec::new();
        if !fagsystem.active {
            let resume = Message::Resume(authority, id.clone());
            buttons.push(small_button(Icon::CirclePlay, t.resume).on_press(resume).into());
        }
        let is_under_way = self.probed.get(&(authority, id.clone())).is_some_and(super::Probing::is_under_way);
        let probe = (!is_under_way).then(|| Message::Probe(authority, id.clone()));
        buttons.push(small_button(Icon::PlugZap, t.probe).on_press_maybe(probe).into());
        let is_found = matches!(warning, Warning::Hindrance { .. });
        if is_found || last_failure(warning).is_some_and(|last| last.reason.is_some_and(Reason::needs_a_person)) {
            let open = Message::OpenFagsystem(authority, id);
            buttons.push(small_button(Icon::Server, t.open_fagsystem).on_press(open).into());
        }
        buttons
    }
}

fn small_button(symbol: Icon, words: &str) -> FocusButton<'_, Message> {
    let words = text(words).size(theme::SMALL).wrapping(text::Wrapping::None);
    let content = row![icon(symbol).size(14), words].spacing(6).align_y(Center);
    focus_button(content).padding([3, 9]).style(theme::secondary)
}

fn last_failure(warning: &Warning) -> Option<DeliveryFailure> {
    match warning {
        Warning::Failing { last, .. } => *last,
        Warning::Deactivation { record, .. } => record.last_failure.filter(|_| record.failures > 0),
        _ => None,
    }
}

/// What pressing the words of a warning does.
fn about(warning: &Warning, overview: &Overview) -> Option<Message> {
    match warning {
        Warning::ClockDoubted(_) => None,
        Warning::AfterPublishing { publication, .. } => Some(Message::OpenPublication(*publication)),
        Warning::RouterStopped
        | Warning::NoRouterRuns
        | Warning::RouterTrouble(..)
        | Warning::RouterUnknown
        | Warning::RouterFailed(_)
        | Warning::RouterRefuses(_)
        | Warning::Hindrance { of: None, .. } => Some(Message::Show(Page::Router)),
        Warning::ServiceLevel { .. } => Some(Message::Show(Page::ServiceLevels)),
        Warning::Expiring { authority, rules, .. } => rules.first().map(|rule| Message::OpenRule(*authority, *rule)),
        Warning::Paused { of, refused: 0, .. } => Some(Message::OpenFagsystem(of.authority, of.id.clone())),
        _ => messages_of(warning, overview).or_else(|| {
            let of = warning.fagsystem()?;
            Some(Message::OpenFagsystem(of.authority, of.id.clone()))
        }),
    }
}

/// Lists the messages that a warning is about.
fn messages_of(warning: &Warning, overview: &Overview) -> Option<Message> {
    let filters = match warning {
        Warning::Failing { of, since, .. } | Warning::Paused { of, refused: 1.., since } => {
            listed::failing(of.authority, &of.id, *since)
        }
        Warning::Deactivation { of, record, .. } if record.failures > 0 => {
            listed::failing(of.authority, &of.id, record.failing_since)
        }
        Warning::Unknown { of, .. } => listed::unsettled(overview, of.authority, &of.id),
        Warning::SharedUuid { .. } => listed::shared_uuids(overview),
        Warning::ByDefault { .. } => listed::by_default(overview),
        Warning::Slow { .. } => listed::later_than(overview, crate::desktop::model::health::ANSWER_DEADLINE),
        _ => return None,
    };
    Some(Message::List(filters))
}
