//! The one number, the month that it is compared with, and its curve.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use jiff::civil::{Date, Weekday};

use super::{DefaultMailScreen, GAP, Message};
use crate::desktop::model::default_mail::{Automation, Decided, Step};
use crate::desktop::screen::part::picture_out::{DOCUMENT_WIDTH, Outgoing, picture_button};
use crate::desktop::screen::part::published;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::DefaultMailReport;
use crate::desktop::theme;
use crate::desktop::widget::{Choice, Curve, CurveStep, Field, Tip, choice_field, focus_button, heading, note};

const MONTH_FIELD: &str = "default-mail-month";
const CURVE_HEIGHT: f32 = 150.0;
/// The width of the choice of a month.
const MONTHS: f32 = 220.0;
/// Where there is less width, the choice is below the number.
const ROOMY: f32 = 760.0;
/// With more steps than this, not every Monday has its date below it.
const MOST_MONDAYS: usize = 70;
/// Every so many weeks have their date below them.
const LABELLED_WEEKS: usize = 4;

impl DefaultMailScreen {
    pub(super) fn number_card<'a>(&'a self, report: &'a DefaultMailReport, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.default_mail;
        let months = report.automation.earlier_months(scene.now);
        let compared = self.compared(report, scene);
        let month = compared.map(|(month, _)| month);
        let now = report.automation.since(self.span.first_day(scene.now));
        let number = text(t.number(now, compared)).font(theme::SEMIBOLD).size(theme::TITLE);
        let about = note(format!("{} {}", t.of_messages(now), t.counted_once));
        let number = column![number, about].spacing(4).width(Fill);
        let choices = months.into_iter().map(|month| Choice::new(month, t.month(month)));
        let texts = (t.no_month, choice_words(scene.t));
        let choice =
            choice_field(Field::new(t.compare_with), MONTH_FIELD, choices, month.as_ref(), texts, Message::Compare);
        let choice = container(choice).width(MONTHS);
        let top: Element<'a, Message> = if scene.size.width >= ROOMY {
            row![number, choice].spacing(GAP).into()
        } else {
            column![number, choice].spacing(GAP).into()
        };
        let content = column![top, self.curve(report, scene)].spacing(16);
        container(content).padding(16).width(Fill).style(theme::card).into()
    }

    fn curve<'a>(&'a self, report: &'a DefaultMailReport, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, step) = (&scene.t.default_mail, self.step);
        let steps = report.automation.steps(step, scene.now);
        let along = |moment| Automation::along(&steps, step, moment);
        let marked = report.publications.iter().filter(|entry| along(entry.published_at).is_some());
        let words = published::in_words(marked, scene.t, Message::OpenPublication);
        let chips = [Step::Day, Step::Week].map(|other| {
            let words = text((t.step)(other)).size(theme::SMALL);
            let chip = focus_button(words).padding([3, 12]).style(theme::chip(other == step));
            chip.on_press(Message::Draw(other)).into()
        });
        let out = picture_button(scene, Message::PictureOut);
        let head = row![container(heading(t.curve)).width(Fill), row(chips).spacing(6), out].spacing(10);
        let chart = drawn_curve(report, &steps, step, scene);
        let tip = move |at: usize| {
            let (first, decided): (Date, Decided) = steps[at];
            Tip { title: t.when(step, first), notes: vec![t.by_rule(decided)], ..Tip::default() }
        };
        column![head.align_y(Center), chart.view(tip), words].spacing(8).into()
    }

    /// The curve for a document, with the one number.
    pub(super) fn outgoing_curve(&self, report: &DefaultMailReport, scene: Scene<'_>) -> Outgoing {
        let (t, step) = (&scene.t.default_mail, self.step);
        let steps = report.automation.steps(step, scene.now);
        let picture = drawn_curve(report, &steps, step, scene).lay_out(DOCUMENT_WIDTH, None);
        let along = |moment| Automation::along(&steps, step, moment);
        let marked = report.publications.iter().filter(|entry| along(entry.published_at).is_some());
        let now = report.automation.since(self.span.first_day(scene.now));
        let number = format!(
            "{} ({}). {}",
            t.number(now, self.compared(report, scene)),
            (t.span)(self.span),
            t.of_messages(now)
        );
        Outgoing::new(t.title, t.curve, picture, scene)
            .on(scene.today)
            .with_notes([number])
            .with_notes(published::named(marked, scene.t))
    }

    /// The earlier month that the number is compared with, and its share.
    fn compared(&self, report: &DefaultMailReport, scene: Scene<'_>) -> Option<(Date, Decided)> {
        let months = report.automation.earlier_months(scene.now);
        let month = self.month.filter(|month| months.contains(month)).or_else(|| months.first().copied());
        month.map(|month| (month, report.automation.in_month(month)))
    }
}

fn drawn_curve(report: &DefaultMailReport, steps: &[(Date, Decided)], step: Step, scene: Scene<'_>) -> Curve {
    let along = |moment| Automation::along(steps, step, moment);
    let marks = published::marks(&report.publications, scene.t, |entry| along(entry.published_at));
    let percent = scene.t.default_mail.grammar.percent;
    Curve { steps: drawn(steps, step), percent, marks, height: CURVE_HEIGHT }
}

/// The steps as they are drawn, some with a date below them.
fn drawn(steps: &[(Date, Decided)], step: Step) -> Vec<CurveStep> {
    let is_labelled = |at: usize, first: Date| match step {
        Step::Day if steps.len() > MOST_MONDAYS => first.day() == 1,
        Step::Day => first.weekday() == Weekday::Monday,
        Step::Week => at.is_multiple_of(LABELLED_WEEKS),
    };
    let drawn = |(at, (first, decided)): (usize, &(Date, Decided))| CurveStep {
        share: decided.share(),
        label: is_labelled(at, *first).then(|| first.strftime("%d-%m").to_string()),
    };
    steps.iter().enumerate().map(drawn).collect()
}
