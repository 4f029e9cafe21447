//! The fields for the limits of the router.

use std::ops::RangeInclusive;

use iced::widget::{Row, column, row, text_input};
use iced::{Center, Element};

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::note;
use crate::store::RouterSettings;
use crate::visible::as_seen;

/// The text of the fields.
#[derive(Debug, Clone)]
pub(super) struct Limits([String; Limit::ALL.len()]);

/// One of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// How long connecting to a fagsystem may take, in whole seconds.
    Connect,
    /// How long a fagsystem may take to answer, in whole seconds.
    Answer,
    /// How many messages may be under way at a time.
    UnderWay,
    /// How many of them may be under way to one fagsystem.
    PerFagsystem,
}

impl Limit {
    const ALL: [Self; 4] = [Self::Connect, Self::Answer, Self::UnderWay, Self::PerFagsystem];

    fn field(self) -> &'static str {
        match self {
            Self::Connect => "router-connect",
            Self::Answer => "router-answer",
            Self::UnderWay => "router-under-way",
            Self::PerFagsystem => "router-per-fagsystem",
        }
    }

    fn range(self) -> RangeInclusive<u16> {
        match self {
            Self::Connect | Self::Answer => 1..=3600,
            Self::UnderWay | Self::PerFagsystem => 1..=9999,
        }
    }

    fn words(self, t: &'static Texts) -> &'static str {
        let t = &t.router;
        match self {
            Self::Connect => t.connect_limit,
            Self::Answer => t.answer_limit,
            Self::UnderWay => t.under_way_limit,
            Self::PerFagsystem => t.fagsystem_limit,
        }
    }
}

impl Limits {
    pub fn new(settings: &RouterSettings) -> Self {
        let seconds = |milliseconds: u32| (milliseconds / 1000).max(1).to_string();
        Self(Limit::ALL.map(|limit| match limit {
            Limit::Connect => seconds(settings.connect_timeout_ms),
            Limit::Answer => seconds(settings.answer_timeout_ms),
            Limit::UnderWay => settings.most_under_way.to_string(),
            Limit::PerFagsystem => settings.most_per_fagsystem.to_string(),
        }))
    }

    pub fn write(&mut self, limit: Limit, text: String) {
        self.0[limit as usize] = text;
    }

    /// Sets the limits in settings; `None` while a field is invalid.
    pub fn read(&self) -> Option<impl FnOnce(&mut RouterSettings) + use<>> {
        let read = |limit| self.number(limit);
        let (connect, answer) = (read(Limit::Connect)?, read(Limit::Answer)?);
        let (under_way, per_fagsystem) = (read(Limit::UnderWay)?, read(Limit::PerFagsystem)?);
        Some(move |settings: &mut RouterSettings| {
            settings.connect_timeout_ms = u32::from(connect) * 1000;
            settings.answer_timeout_ms = u32::from(answer) * 1000;
            settings.most_under_way = under_way;
            settings.most_per_fagsystem = per_fagsystem;
        })
    }

    fn number(&self, limit: Limit) -> Option<u16> {
        as_seen(&self.0[limit as usize]).trim().parse().ok().filter(|number| limit.range().contains(number))
    }

    /// The fields. They can be edited while the router is stopped.
    pub fn view<'a, Message: Clone + 'a>(
        &'a self,
        t: &'static Texts,
        is_open: bool,
        on_write: fn(Limit, String) -> Message,
        on_submit: Message,
    ) -> Element<'a, Message> {
        let field = |limit: Limit| -> Element<'a, Message> {
            let is_wrong = is_open && self.number(limit).is_none();
            let input = text_input("", &self.0[limit as usize]).id(limit.field()).padding([5, 9]).size(theme::BODY);
            let input = input.style(theme::input(is_wrong)).width(54);
            let input = if is_open {
                input.on_input(move |text| on_write(limit, text)).on_submit(on_submit.clone())
            } else {
                input
            };
            row![input, note(limit.words(t))].spacing(6).align_y(Center).into()
        };
        let line = |limits: [Limit; 2]| Row::with_children(limits.map(field)).spacing(14).wrap().vertical_spacing(8);
        let times = line([Limit::Connect, Limit::Answer]);
        column![times, line([Limit::UnderWay, Limit::PerFagsystem])].spacing(8).into()
    }
}
