//! The supplier's test of a fagsystem's endpoint: what it sends, its progress and results, and the report.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{ReportRequest, Services, documents};
use crate::desktop::theme;
use crate::desktop::widget::{
    FIELD_SPACING, Field, Tone, icon, labelled_button, note, one_line, plain_button, switch, text_field, warning_line,
};
use crate::endpoint_test::{
    EndpointTest, Grade, ReportFormat, ReportHead, TrialResult, advice, report, representative_call, shown_address,
};
use crate::rules::{Access, Endpoint, Fagsystem};

const PATH_FIELD: &str = "trying-report";

#[derive(Debug, Clone, Default)]
pub(super) struct TrialPanel {
    stage: Stage,
    skips_large: bool,
    report: ReportForm,
}

#[derive(Debug, Clone, Default)]
enum Stage {
    #[default]
    Closed,
    /// Shows what would be sent.
    Open,
    Starting,
    UnderWay(Arc<EndpointTest>, Vec<TrialResult>),
    /// All trials have been made, or the user has stopped the test.
    Ended(Arc<EndpointTest>, Vec<TrialResult>),
    Failed(Error),
}

/// Where the report will be saved.
#[derive(Debug, Clone, Default)]
struct ReportForm {
    path: String,
    /// The path was chosen in a dialog, which asks before replacing a file.
    is_chosen: bool,
    is_being_written: bool,
    written: Option<PathBuf>,
    error: Option<String>,
}

#[derive(Debug, Clone)]
pub enum TrialMessage {
    Open,
    WithLarge(bool),
    Start,
    Started(Result<Arc<EndpointTest>, Error>),
    /// The result of the next trial; `None` after the last.
    TrialDone(Arc<EndpointTest>, Option<Box<TrialResult>>),
    Stop,
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    Written(Result<PathBuf, Error>),
}

impl TrialPanel {
    /// `fagsystem` is the one in the form; `None` if it has errors.
    pub fn update(&mut self, message: TrialMessage, fagsystem: Option<Fagsystem>, scene: Scene<'_>) -> Action<Message> {
        match message {
            TrialMessage::Open => self.stage = Stage::Open,
            TrialMessage::WithLarge(with_large) => self.skips_large = !with_large,
            TrialMessage::Start if matches!(self.stage, Stage::Open | Stage::Failed(_)) => {
                let Some(fagsystem) = fagsystem else { return Action::None };
                self.stage = Stage::Starting;
                let (authority, skips_large) = (scene.authority.cvr, self.skips_large);
                let settings = scene.settings.clone();
                return scene.serve(
                    move |services| services.endpoint_test(authority, fagsystem, skips_large, settings),
                    |started| Message::Trial(TrialMessage::Started(started)),
                );
            }
            TrialMessage::Started(started) if matches!(self.stage, Stage::Starting) => match started {
                Ok(test) => {
                    self.stage = Stage::UnderWay(Arc::clone(&test), Vec::new());
                    return next_trial(test, Vec::new());
                }
                Err(error) => self.stage = Stage::Failed(error),
            },
            TrialMessage::TrialDone(tried, result) => return self.trial_done(&tried, result, scene),
            TrialMessage::Stop => self.end(scene),
            TrialMessage::Path(path) => self.report = ReportForm { path, ..ReportForm::default() },
            TrialMessage::Browse => {
                return Action::perform(Services::choose_place(self.file_name(scene)), |path| {
                    Message::Trial(TrialMessage::Browsed(path))
                });
            }
            TrialMessage::Browsed(Some(path)) => {
                let path = path.display().to_string();
                self.report = ReportForm { path, is_chosen: true, ..ReportForm::default() };
            }
            // Messages that arrive too late. Without a file dialog, the path can be entered in the field.
            TrialMessage::Start | TrialMessage::Started(_) | TrialMessage::Browsed(None) => {}
            TrialMessage::Write => return self.write(scene),
            TrialMessage::Written(written) => {
                self.report.is_being_written = false;
                match written {
                    Ok(path) => self.report.written = Some(path),
                    Err(error) => self.report.error = Some((scene.t.error)(&error)),
                }
            }
        }
        Action::None
    }

    /// Adds a result, unless it belongs to a test that is no longer running.
    fn trial_done(
        &mut self,
        tried: &Arc<EndpointTest>,
        result: Option<Box<TrialResult>>,
        scene: Scene<'_>,
    ) -> Action<Message> {
        let Stage::UnderWay(test, results) = &mut self.stage else { return Action::None };
        if !Arc::ptr_eq(test, tried) {
            return Action::None;
        }
        if let Some(result) = result {
            results.push(*result);
            return next_trial(Arc::clone(test), results.clone());
        }
        self.end(scene);
        Action::None
    }

    fn end(&mut self, scene: Scene<'_>) {
        match std::mem::take(&mut self.stage) {
            Stage::UnderWay(test, results) => {
                self.stage = Stage::Ended(test, results);
                let path = documents().join(self.file_name(scene)).display().to_string();
                self.report = ReportForm { path, ..ReportForm::default() };
            }
            Stage::Starting => self.stage = Stage::Open,
            other => self.stage = other,
        }
    }

    fn file_name(&self, scene: Scene<'_>) -> String {
        let id = match &self.stage {
            Stage::UnderWay(test, _) | Stage::Ended(test, _) => test.fagsystem().id.to_string(),
            _ => String::new(),
        };
        let id: String = id.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        format!("{}-{id}-{}.html", scene.t.fagsystems.trying.file_name, scene.today)
    }

    fn write(&mut self, scene: Scene<'_>) -> Action<Message> {
        let t = &scene.t.fagsystems.trying;
        let Stage::Ended(test, results) = &self.stage else { return Action::None };
        let path = PathBuf::from(self.report.path.trim());
        let Some(format) = ReportFormat::of(&path).filter(|_| !self.report.is_being_written) else {
            self.report.error = Some(t.not_a_report.to_owned());
            return Action::None;
        };
        let about = ReportHead::of(test, t.words, scene.now);
        (self.report.is_being_written, self.report.error, self.report.written) = (true, None, None);
        let text = report(&about, results, t.words, format);
        let request = ReportRequest { path, text, may_replace: self.report.is_chosen };
        Action::perform(Services::write_report(request), |written| Message::Trial(TrialMessage::Written(written)))
    }

    /// The button that opens the panel; `None` once it is open.
    pub fn button<'a>(&self, t: &'static Texts) -> Option<Element<'a, Message>> {
        let open = plain_button(t.fagsystems.trying.name).style(theme::secondary);
        matches!(self.stage, Stage::Closed).then(|| open.on_press(Message::Trial(TrialMessage::Open)).into())
    }

    /// The panel; `None` while it is closed.
    pub fn view<'a>(&'a self, scene: Scene<'a>, endpoint: &str) -> Option<Element<'a, Message>> {
        let t = &scene.t.fagsystems.trying;
        let button = |symbol, words, message| {
            labelled_button(symbol, words).style(theme::secondary).on_press(Message::Trial(message))
        };
        let content: Element<'a, Message> = match &self.stage {
            Stage::Closed => return None,
            Stage::Open => self.start(endpoint, scene),
            Stage::Failed(error) => {
                let failed = text((scene.t.error)(error)).style(theme::bad);
                column![failed, self.start(endpoint, scene)].spacing(FIELD_SPACING).into()
            }
            Stage::Starting => note(t.beginning).into(),
            Stage::UnderWay(test, results) => {
                let stop = button(Icon::Square, t.stop, TrialMessage::Stop);
                let under_way = note((t.under_way)(results.len(), test.trials().len()));
                column![lines(results, scene.t), under_way, stop].spacing(10).into()
            }
            Stage::Ended(test, results) => {
                let trials = test.trials().len();
                let is_whole = results.len() == trials;
                let stopped = (!is_whole).then(|| warning_line(t.stopped.to_owned()));
                let shows_nothing = test.fagsystem().access == Access::Open;
                let unknown = shows_nothing.then(|| note(t.words.nothing_shown()));
                let summary = text(t.words.summary(results, trials)).font(theme::SEMIBOLD);
                let again = button(Icon::RotateCcw, t.again, TrialMessage::Open);
                let all = column![lines(results, scene.t), stopped, unknown, summary, self.report(scene.t), again];
                all.spacing(FIELD_SPACING).into()
            }
        };
        let title = text(t.name).font(theme::SEMIBOLD);
        Some(container(column![title, content].spacing(10)).padding(12).width(Fill).style(theme::card).into())
    }

    /// What would be sent where, and the button that starts the test.
    fn start<'a>(&'a self, endpoint: &str, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.fagsystems.trying;
        let endpoint: Option<Endpoint> = endpoint.parse().ok();
        let authority = scene.authority.cvr.to_string();
        let about = endpoint.as_ref().map(|it| t.words.what_is_sent(&shown_address(it), &authority));
        let about = text(about.unwrap_or_else(|| t.not_ready.to_owned()));
        let with_large = switch(t.with_large, !self.skips_large, |on| Message::Trial(TrialMessage::WithLarge(on)));
        let start = labelled_button(Icon::Play, t.start).style(theme::primary);
        let start = start.on_press_maybe(endpoint.map(|_| Message::Trial(TrialMessage::Start)));
        column![about, with_large, start].spacing(12).into()
    }

    fn report<'a>(&'a self, t: &'static Texts) -> Element<'a, Message> {
        let (t, form) = (&t.fagsystems.trying, &self.report);
        let path = text_field(
            Field::new(t.report).error(form.error.clone()),
            PATH_FIELD,
            "",
            &form.path,
            |path| Message::Trial(TrialMessage::Path(path)),
            Message::Trial(TrialMessage::Write),
        );
        let browse = plain_button(t.browse).style(theme::secondary).on_press(Message::Trial(TrialMessage::Browse));
        let write = labelled_button(Icon::Download, t.write).style(theme::primary);
        let write = write.on_press_maybe((!form.is_being_written).then_some(Message::Trial(TrialMessage::Write)));
        let written = form.written.as_deref().map(|path: &Path| text((t.written)(&path.display().to_string())));
        column![path, row![browse, write].spacing(8), written].spacing(8).into()
    }
}

/// A line for each finished trial, with comments and advice.
fn lines<'a>(results: &[TrialResult], t: &'static Texts) -> Element<'a, Message> {
    let words = t.fagsystems.trying.words;
    let line = |result: &TrialResult| {
        let (symbol, tone) = sign(result.grade);
        let took = result.calls.iter().filter_map(|call| call.tried.answered_in).max();
        let took = took.map(|took| one_line(words.took(took)).tone(theme::muted));
        let (trial, grade) = (words.trial(result.trial), words.grade(result.grade));
        let title = if result.grade == Grade::Passed { trial.to_owned() } else { format!("{trial} – {grade}") };
        let is_short = matches!(result.grade, Grade::Remark | Grade::Failed);
        let call = representative_call(result).filter(|_| is_short);
        let understood = call.map(|call| note(words.understood(call)).into());
        let advice = advice(words, result, results).into_iter().map(|advice| note(advice).into());
        let about = column![text(title)].extend(understood).extend(advice).spacing(2).width(Fill);
        row![icon(symbol).style(tone), about, took].spacing(8).into()
    };
    column(results.iter().map(line)).spacing(6).into()
}

fn sign(grade: Grade) -> (Icon, Tone) {
    match grade {
        Grade::Passed => (Icon::CircleCheck, theme::good),
        Grade::Remark => (Icon::TriangleAlert, theme::warning),
        Grade::Failed => (Icon::CircleX, theme::bad),
        Grade::LeftOut | Grade::GivenUp => (Icon::CircleMinus, theme::muted),
    }
}

/// Runs the trial after these results.
fn next_trial(test: Arc<EndpointTest>, results: Vec<TrialResult>) -> Action<Message> {
    let of_test = Arc::clone(&test);
    let work = async move { test.next(&results).await.map(Box::new) };
    Action::perform(work, move |result| Message::Trial(TrialMessage::TrialDone(Arc::clone(&of_test), result)))
}
