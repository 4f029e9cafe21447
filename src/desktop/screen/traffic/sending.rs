//! The controls: one at a time, a handful, a stream; what is happening, and what became of all that was sent.

use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Message, TrafficScreen};
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Tone, focus_button, heading, icon, labelled_button, note, one_line, plain_button, status, switch,
};
use crate::rules::Authority;
use crate::training::{SentFate, Traffic, TrafficPace};

/// On a lower screen the controls leave out what explains them.
const LOW: f32 = 600.0;
/// Where the controls have less room, they have fewer buttons.
const NARROW: f32 = 560.0;

impl TrafficScreen {
    pub(super) fn sending<'a>(&'a self, to: &'a Authority, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic;
        let sentence = self.form.wish().zip(self.form.size().ok());
        let sentence = sentence.map(|(wish, size)| heading(scene.t.made_mail.sentence(&wish, size, to)));
        let next = note((t.next)(&(scene.t.number)(self.traffic.next_number + 1)));
        let switch = switch(t.send_again, self.traffic.sends_again, Message::SendAgain);
        let is_low = Self::is_low(scene);
        let about = (t.send_again_about)(Traffic::AGAIN_AFTER.as_secs(), Traffic::MAX_KEPT);
        let about = (!is_low).then(|| note(about));
        let again = row![switch, about].spacing(12).align_y(Center).wrap().vertical_spacing(2);
        let content = column![
            column![sentence, next].spacing(2),
            self.buttons(scene),
            self.paces(scene),
            again,
            self.state(scene),
            self.counts(scene),
        ];
        let (spacing, padding) = if is_low { (7, [8, 20]) } else { (10, [14, 20]) };
        container(content.spacing(spacing).padding(padding)).width(Fill).into()
    }

    /// Whether the screen is so low that the list needs all the room that the controls can do without.
    pub(super) fn is_low(scene: Scene<'_>) -> bool {
        scene.size.height < LOW
    }

    fn buttons<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic;
        let is_ready = Self::can_send(scene) && self.request(scene).is_some();
        let count = self.form.count();
        let next = labelled_button(Icon::Send, t.send_next).style(theme::primary);
        let handful = plain_button(t.send.of(count.unwrap_or_default())).style(theme::secondary);
        let handful = count.map(|count| handful.on_press_maybe(is_ready.then_some(Message::Send(count))));
        let usual: &[u32] = if Self::has_little_room(scene) { &[] } else { &[5, 20, 100] };
        let usual = usual.iter().copied().filter(|usual| Some(*usual) != count).map(|count| {
            let button = plain_button(t.send.of(count)).style(theme::quiet);
            button.on_press_maybe(is_ready.then_some(Message::Send(count))).into()
        });
        let stream = match self.traffic.pace {
            Some(_) => labelled_button(Icon::Pause, t.pause).style(theme::secondary).on_press(Message::Pause),
            None if self.traffic.wanted > 0 => {
                labelled_button(Icon::Square, t.stop).style(theme::secondary).on_press(Message::Pause)
            }
            None => {
                let start = labelled_button(Icon::Play, t.start).style(theme::secondary);
                start.on_press_maybe(is_ready.then_some(Message::Start))
            }
        };
        let mut buttons: Vec<Element<'a, Message>> =
            vec![next.on_press_maybe(is_ready.then_some(Message::Send(1))).into()];
        buttons.extend(handful.map(Element::from));
        buttons.extend(usual);
        if !Self::has_little_room(scene) {
            buttons.push(space().width(8).into());
        }
        buttons.push(stream.into());
        Row::with_children(buttons).spacing(8).align_y(Center).wrap().vertical_spacing(8).into()
    }

    /// Whether only the buttons that cannot be done without fit side by side.
    fn has_little_room(scene: Scene<'_>) -> bool {
        Self::right_width(scene) < NARROW
    }

    fn paces<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic;
        let paces = TrafficPace::ALL.map(|pace| {
            let chip = focus_button(one_line((t.pace)(pace)).size(theme::SMALL)).padding([4, 10]);
            chip.style(theme::chip(pace == self.pace)).on_press(Message::Pace(pace)).into()
        });
        let label = one_line(t.stream).size(theme::SMALL).bold();
        let paces = std::iter::once(label.into()).chain(paces);
        Row::with_children(paces).spacing(6).align_y(Center).wrap().vertical_spacing(6).into()
    }

    /// What is happening, and what is waited for.
    fn state<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, now) = (&scene.t.traffic.state, &self.traffic);
        let can_send = Self::can_send(scene);
        let has_more = now.wanted > 0 || now.pace.is_some();
        let lost = now.latest.first().is_some_and(|sent| sent.fate == SentFate::NotSent);
        let (symbol, words, tone): (Icon, String, Tone) = if now.has_halted && (!can_send || lost) {
            (Icon::CircleStop, t.halted.to_owned(), theme::warning)
        } else if has_more && now.under_way >= Traffic::MAX_UNDER_WAY {
            (Icon::Hourglass, t.waits.of(now.under_way), theme::warning)
        } else if now.wanted > 0 {
            (Icon::Send, t.sending.of(now.wanted), theme::accent)
        } else if let Some(pace) = now.pace {
            (Icon::Send, (t.streaming)((scene.t.traffic.pace)(pace)), theme::accent)
        } else if now.under_way > 0 {
            (Icon::Hourglass, t.last_answers.of(now.under_way), theme::muted)
        } else if can_send {
            (Icon::CirclePause, t.rests.to_owned(), theme::muted)
        } else {
            let words = match scene.router {
                RouterState::Refusing(..) => t.refusing,
                RouterState::Elsewhere(_) => t.guarded,
                _ => t.no_router,
            };
            (Icon::CirclePause, words.to_owned(), theme::warning)
        };
        let state = row![sign(symbol, tone), text(words).style(tone)].spacing(6).align_y(Center);
        let kept = (now.kept > 0).then(|| note(t.kept.of(now.kept)));
        row![state, kept].spacing(16).align_y(Center).wrap().vertical_spacing(4).into()
    }

    fn counts<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, counts) = (&scene.t.traffic.count, self.traffic.counts);
        let figures: [(Icon, u64, &str, Tone); 5] = [
            (Icon::Send, counts.sent, t.sent, theme::muted),
            (Icon::CircleCheck, counts.accepted, t.accepted, theme::good),
            (Icon::CircleX, counts.rejected, t.rejected, theme::bad),
            (Icon::Hourglass, counts.unavailable, t.unavailable, theme::warning),
            (Icon::CircleQuestionMark, counts.unanswered, t.unanswered, theme::warning),
        ];
        // The last two are rare, and stand there only when there are any.
        let shown = figures.into_iter().enumerate().filter(|(at, (_, count, ..))| *at < 4 || *count > 0);
        let figures = shown.map(|(_, (symbol, count, words, tone))| {
            let tone = if count == 0 { theme::muted } else { tone };
            status(symbol, format!("{} {words}", (scene.t.number)(count)), tone)
        });
        let again = (counts.again > 0).then(|| note(t.again.of(counts.again)).into());
        let dropped = (counts.dropped > 0).then(|| note(t.dropped.of(counts.dropped)).into());
        let all = figures.chain(again).chain(dropped);
        Row::with_children(all).spacing(16).align_y(Center).wrap().vertical_spacing(4).into()
    }
}

fn sign<'a>(symbol: Icon, tone: Tone) -> iced::widget::Text<'a> {
    icon(symbol).size(14).style(tone)
}
