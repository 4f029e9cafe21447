//! The columns and cells of exported months: a row for each month, each of the router and the fagsystems, and each promise.

use std::time::Duration;

use super::{is_now, name_of, this_month};
use crate::desktop::language::Texts;
use crate::desktop::model::service_level::{LevelFigure, Subject, tries};
use crate::desktop::screen::scene::Scene;
use crate::exchange::{SheetCell, SheetColumn};
use crate::service_level::{Promise, RouterAccount, TryAccount};
use crate::store::PartLevels;

pub(super) fn columns(t: &'static Texts) -> Vec<SheetColumn> {
    let s = &t.service_levels;
    let h = &s.sheet;
    let columns = [
        (s.month, 12.0),
        (s.system, 34.0),
        (h.promise, 20.0),
        (h.target, 9.0),
        (h.share, 11.0),
        (h.kept, 16.0),
        (h.lost_minutes, 15.0),
        (h.allowed_minutes, 15.0),
        (h.not_running_minutes, 18.0),
        (h.window_minutes, 16.0),
        (h.sent, 12.0),
        (h.unanswered, 12.0),
        (h.not_tried, 13.0),
        (h.in_windows, 19.0),
        (h.answered, 16.0),
        (h.in_time, 16.0),
    ];
    columns.into_iter().map(|(title, width)| SheetColumn { title, width }).collect()
}

/// The newest month first, as on the screen.
pub(super) fn rows(months: &[PartLevels], scene: Scene<'_>) -> Vec<Vec<SheetCell>> {
    let subjects = this_month::subjects(months, scene);
    let newest_first = months.iter().rev();
    newest_first.flat_map(|month| subjects.iter().flat_map(move |subject| month_rows(month, subject, scene))).collect()
}

fn month_rows(month: &PartLevels, subject: &Subject, scene: Scene<'_>) -> [Vec<SheetCell>; 2] {
    let t = &scene.t.service_levels;
    let is_over = !is_now(month.part, scene.now);
    let figures = LevelFigure::both(month, subject);
    [0, 1].map(|at| {
        let (promise, figure) = (Promise::ALL[at], figures[at]);
        let mut cells = vec![
            SheetCell::Day(month.part.first()),
            SheetCell::Text(name_of(subject, scene).to_owned()),
            SheetCell::Text((t.promise)(promise).to_owned()),
            SheetCell::Decimal(f64::from(promise.thousandths()) / 10.0),
            figure.millionths.map_or(SheetCell::Empty, |share| SheetCell::Decimal(f64::from(share / 100) / 100.0)),
            SheetCell::Text(t.word(&figure, is_over).to_owned()),
        ];
        cells.extend(match subject {
            Subject::Router => router_cells(&month.router[at]),
            Subject::Fagsystem(authority, id) => fagsystem_cells(&tries(month, *authority, id)[at]),
        });
        cells
    })
}

fn router_cells(account: &RouterAccount) -> [SheetCell; 10] {
    use SheetCell::Empty;
    let known = |time| if account.is_known() { minutes(time) } else { Empty };
    let (lost, allowed) = (known(account.lost), known(account.allowance()));
    let (not_running, in_windows) = (minutes(account.not_running), minutes(account.in_windows));
    [lost, allowed, not_running, in_windows, Empty, Empty, Empty, Empty, Empty, Empty]
}

fn fagsystem_cells(account: &TryAccount) -> [SheetCell; 10] {
    use SheetCell::{Empty, Whole};
    let in_time = account.times.classes.iter().map(|class| class.in_time).sum();
    [
        Empty,
        Empty,
        Empty,
        Empty,
        Whole(account.tries()),
        Whole(account.unanswered),
        Whole(account.not_tried),
        Whole(account.in_windows),
        Whole(account.answered),
        Whole(in_time),
    ]
}

/// Minutes with two decimals.
#[expect(clippy::cast_precision_loss, reason = "a month has few hundredths of a minute")]
fn minutes(time: Duration) -> SheetCell {
    SheetCell::Decimal((time.as_millis() / 600) as f64 / 100.0)
}
