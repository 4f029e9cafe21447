//! A check of whether a fagsystem's endpoint answers, and the view of its result.

use iced::Element;
use iced::widget::{column, row, text};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, labelled_button, note};
use crate::router::{Probe, ProbeAnswer};
use crate::rules::Endpoint;

#[derive(Debug, Clone, Default)]
pub(in crate::desktop::screen) enum Probing {
    #[default]
    NotTried,
    UnderWay(Endpoint),
    Done(Endpoint, Box<Probe>),
    Failed(Error),
}

impl Probing {
    pub fn begins(&mut self, endpoint: Endpoint) {
        *self = Self::UnderWay(endpoint);
    }

    pub fn ends(&mut self, endpoint: Endpoint, probed: Result<Probe, Error>) {
        if matches!(self, Self::UnderWay(current) if *current == endpoint) {
            *self = match probed {
                Ok(probe) => Self::Done(endpoint, Box::new(probe)),
                Err(error) => Self::Failed(error),
            };
        }
    }

    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::UnderWay(_))
    }

    /// The buttons, this one after `before`, and the result.
    pub fn view<'a>(&'a self, before: Option<Element<'a, Message>>, t: &'static Texts) -> Element<'a, Message> {
        let try_it = labelled_button(Icon::PlugZap, t.fagsystems.probe).style(theme::secondary);
        let try_it = try_it.on_press_maybe((!self.is_under_way()).then_some(Message::Probe));
        column![row![before, try_it].spacing(8), self.result(t)].spacing(8).into()
    }

    /// The result so far.
    pub fn result<'a, Message: 'a>(&'a self, t: &'static Texts) -> Option<Element<'a, Message>> {
        let f = &t.fagsystems;
        match self {
            Self::NotTried => None,
            Self::UnderWay(endpoint) => Some(note((f.probing)(endpoint.as_str())).into()),
            Self::Failed(error) => Some(text((t.error)(error)).style(theme::bad).into()),
            Self::Done(endpoint, probe) => {
                let (symbol, tone) = sign(&probe.answer);
                let what = text(f.probed.answer(endpoint.as_str(), probe));
                let means = f.probed.means(probe).map(text);
                let words = column![what, means, note(f.probed.way(probe))].spacing(4);
                Some(row![icon(symbol).style(tone), words].spacing(8).into())
            }
        }
    }
}

fn sign(answer: &ProbeAnswer) -> (Icon, Tone) {
    match answer {
        ProbeAnswer::Answered(200..=299 | 400 | 405 | 411 | 415 | 501) => (Icon::CircleCheck, theme::good),
        ProbeAnswer::Answered(_) => (Icon::TriangleAlert, theme::warning),
        _ => (Icon::CircleX, theme::bad),
    }
}
