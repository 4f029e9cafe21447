//! A picture of what flows from where to where: names on both sides, and between them bands as thick as what flows. What goes
//! to another end is striped as well as coloured, for people who cannot tell the colours apart.

mod arrangement;
mod bands;

use iced::widget::{Column, container, row};
use iced::{Center, Element, Fill, Length};

use self::arrangement::{Arrangement, Slot};
use self::bands::Bands;
use super::one_line::one_line;
use crate::desktop::theme;

const NAME_WIDTH: Length = Length::FillPortion(4);
const BANDS_WIDTH: Length = Length::FillPortion(5);
const NOTE_WIDTH: f32 = 64.0;

/// One end of flows: a name with words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct FlowEnd {
    pub name: String,
    pub note: String,
    /// Whether something else flows there than before.
    pub is_changed: bool,
}

/// What flows from one end to another, by their places on the left and on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct FlowBand {
    pub from: usize,
    pub to: usize,
    pub count: u64,
    pub is_move: bool,
    pub is_chosen: bool,
}

/// The picture. `bands` are sorted by their ends, and each end has one; `on_press` says what a click on a band that is a move
/// sends, by the band's place.
pub(in crate::desktop) fn flow_picture<'a, Message: Clone + 'a>(
    left: Vec<FlowEnd>,
    right: Vec<FlowEnd>,
    bands: Vec<FlowBand>,
    on_press: impl Fn(usize) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    let arrangement = Arrangement::of(left.len(), right.len(), &bands);
    let from = ends(left, &arrangement.left, |end, name| {
        row![container(note(&end)).width(NOTE_WIDTH), container(name).align_right(Fill)].into()
    });
    let to = ends(right, &arrangement.right, |end, name| {
        row![container(name).width(Fill), container(note(&end)).align_right(NOTE_WIDTH)].into()
    });
    let bands = Bands::new(bands, arrangement, Box::new(on_press));
    row![
        container(from).width(NAME_WIDTH),
        container(Element::new(bands)).width(BANDS_WIDTH),
        container(to).width(NAME_WIDTH)
    ]
    .spacing(10)
    .into()
}

/// The names of one side, each beside its place.
fn ends<'a, Message: 'a>(
    ends: Vec<FlowEnd>,
    slots: &[Slot],
    line: impl Fn(FlowEnd, Element<'a, Message>) -> Element<'a, Message>,
) -> Element<'a, Message> {
    let lines = ends.into_iter().zip(slots).map(|(end, slot)| {
        let name = one_line(end.name.clone());
        let name = if end.is_changed { name.bold().tone(theme::warning) } else { name };
        container(line(end, name.into())).height(slot.height).align_y(Center).into()
    });
    Column::with_children(lines).spacing(Slot::GAP).into()
}

fn note<'a, Message: 'a>(end: &FlowEnd) -> Element<'a, Message> {
    let tone = if end.is_changed { theme::warning } else { theme::muted };
    one_line(end.note.clone()).size(theme::SMALL).tone(tone).into()
}
