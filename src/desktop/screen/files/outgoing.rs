//! The export: what is written, from the draft or the publication, and to which file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{column, container, progress_bar, row, text, text_input};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::package_form::{PackageForm, PackageFormMessage};
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::explained::with_words;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{OutputKind, PackageRequest, Services, WriteRequest, WrittenPackage, documents};
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, heading, labelled_button, note, plain_button, text_field,
};
use crate::exchange::{Package, Progress, SheetKind};
use crate::rules::{Cvr, Priority, RuleBook};
use crate::training::TrainingPackage;

const KIND_FIELD: &str = "files-out-kind";
const SOURCE_FIELD: &str = "files-out-source";
const RULES_FIELD: &str = "files-out-rules";
const ENVIRONMENT_FIELD: &str = "files-out-environment";
pub(in crate::desktop) const PATH_FIELD: &str = "files-out";

/// The form of the export.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    kind: Kind,
    is_published: bool,
    environment: String,
    /// The rules that were chosen for a package.
    packed: Option<Packed>,
    only_chosen: bool,
    training: PackageForm,
    /// The path as it was edited; `None` while the suggested one is used.
    path: Option<String>,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    error: Option<WriteError>,
    progress: Option<Arc<Progress>>,
}

/// Why nothing was written.
#[derive(Debug)]
enum WriteError {
    /// The file exists already.
    Exists(String),
    Other(String),
}

impl WriteError {
    fn words(&self) -> &str {
        let (Self::Exists(words) | Self::Other(words)) = self;
        words
    }
}

/// Rules that were chosen for a package, with the book in which they have these numbers.
#[derive(Debug)]
struct Packed {
    book: Arc<RuleBook>,
    authority: Cvr,
    rules: BTreeSet<Priority>,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Workbook,
    Package,
    Configuration,
    Csv(SheetKind),
    /// A package to begin training with.
    Training,
}

impl Kind {
    pub(in crate::desktop) const ALL: [Self; 9] = [
        Self::Workbook,
        Self::Csv(SheetKind::Rules),
        Self::Csv(SheetKind::Fagsystems),
        Self::Csv(SheetKind::ContactPoints),
        Self::Csv(SheetKind::KnownAuthorities),
        Self::Package,
        Self::Configuration,
        Self::Csv(SheetKind::Guards),
        Self::Training,
    ];

    pub(in crate::desktop) fn words(self, t: &'static Texts) -> &'static str {
        let training = t.training_packages.kind;
        let t = &t.files.outgoing;
        match self {
            Self::Training => training,
            Self::Workbook => t.workbook,
            Self::Csv(kind) => (t.csv)(kind),
            Self::Configuration => t.configuration,
            Self::Package => t.package,
        }
    }

    fn hint(self, t: &'static Texts) -> &'static str {
        let training = t.training_packages.hint;
        let t = &t.files.outgoing;
        match self {
            Self::Training => training,
            Self::Workbook => t.workbook_hint,
            Self::Csv(_) => t.csv_hint,
            Self::Configuration => t.configuration_hint,
            Self::Package => t.package_hint,
        }
    }

    fn file_name(self, scene: Scene<'_>) -> String {
        let names = &scene.t.files.outgoing.names;
        let (name, ending) = match self {
            Self::Workbook => (names.workbook, "xlsx"),
            Self::Csv(kind) => ((names.csv)(kind), "csv"),
            Self::Configuration => (names.configuration, "json"),
            Self::Package => (names.package, Package::ENDING),
            Self::Training => (scene.t.training_packages.file_name, TrainingPackage::ENDING),
        };
        format!("{name}-{}.{ending}", scene.today)
    }
}

#[derive(Debug, Clone)]
pub enum OutgoingMessage {
    Kind(Kind),
    /// The publication in force instead of the draft.
    Published(bool),
    Environment(String),
    OnlyChosen(bool),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    /// Replace the existing file.
    Replace,
    Stop,
    /// The file was written (true), or writing it was stopped.
    Done(PathBuf, Result<bool, Error>),
    Training(PackageFormMessage),
    DirectoryChosen(Option<PathBuf>),
    LessonChosen(Option<PathBuf>),
    /// A training package was written.
    Packed(PathBuf, Result<Option<WrittenPackage>, Error>),
}

impl Outgoing {
    pub fn is_writing(&self) -> bool {
        self.progress.is_some()
    }

    pub fn prepare_package(&mut self, rules: BTreeSet<Priority>, scene: Scene<'_>) {
        self.kind = Kind::Package;
        self.only_chosen = true;
        self.packed = Some(Packed { book: Arc::clone(scene.bench.book()), authority: scene.authority.cvr, rules });
        (self.path, self.is_chosen, self.error) = (None, false, None);
    }

    pub fn update(&mut self, message: OutgoingMessage, scene: Scene<'_>) -> Action<OutgoingMessage> {
        let t = &scene.t.files.outgoing;
        match message {
            OutgoingMessage::Kind(kind) => {
                self.kind = kind;
                (self.path, self.is_chosen, self.error) = (None, false, None);
            }
            OutgoingMessage::Published(is_published) => self.is_published = is_published,
            OutgoingMessage::Environment(text) => self.environment = text,
            OutgoingMessage::OnlyChosen(only) => self.only_chosen = only,
            OutgoingMessage::Path(path) => (self.path, self.is_chosen, self.error) = (Some(path), false, None),
            OutgoingMessage::Browse => {
                let place = Services::choose_place(self.kind.file_name(scene));
                return Action::perform(place, OutgoingMessage::Browsed);
            }
            OutgoingMessage::Browsed(Some(path)) => {
                (self.path, self.is_chosen, self.error) = (Some(path.display().to_string()), true, None);
            }
            OutgoingMessage::Browsed(None) => {
                self.error = Some(WriteError::Other(t.no_file.to_owned()));
                return Action::focus(PATH_FIELD);
            }
            OutgoingMessage::Write | OutgoingMessage::Training(PackageFormMessage::Submit) => return self.write(scene),
            OutgoingMessage::Replace => {
                self.is_chosen = true;
                return self.write(scene);
            }
            OutgoingMessage::Stop => {
                if let Some(progress) = &self.progress {
                    progress.stop();
                }
            }
            OutgoingMessage::Done(path, done) => {
                self.progress = None;
                match done {
                    Ok(true) => return Action::notify((t.written)(&path.display().to_string())),
                    Ok(false) => return Action::notify(t.stopped),
                    Err(error) => self.failed(&error, scene),
                }
            }
            OutgoingMessage::Training(PackageFormMessage::BrowseDirectory) => {
                return Action::perform(Services::choose_directory(), OutgoingMessage::DirectoryChosen);
            }
            OutgoingMessage::Training(PackageFormMessage::BrowseLesson) => {
                return Action::perform(Services::choose_lesson(), OutgoingMessage::LessonChosen);
            }
            OutgoingMessage::Training(message) => self.training.update(message),
            OutgoingMessage::DirectoryChosen(path) => {
                if let Some(path) = path {
                    self.training.update(PackageFormMessage::Directory(path.display().to_string()));
                }
            }
            OutgoingMessage::LessonChosen(path) => {
                if let Some(path) = path {
                    self.training.update(PackageFormMessage::Lesson(path.display().to_string()));
                }
            }
            OutgoingMessage::Packed(path, packed) => {
                self.progress = None;
                match packed {
                    Ok(None) => return Action::notify(t.stopped),
                    Ok(Some(written)) => return Action::notify(written_words(&path, written, scene)),
                    Err(error) => self.failed(&error, scene),
                }
            }
        }
        Action::None
    }

    fn failed(&mut self, error: &Error, scene: Scene<'_>) {
        let words = (scene.t.error)(error);
        let exists = matches!(error, Error::FileExists(_));
        self.error = Some(if exists { WriteError::Exists(words) } else { WriteError::Other(words) });
    }

    fn write(&mut self, scene: Scene<'_>) -> Action<OutgoingMessage> {
        let path = PathBuf::from(self.written_path(scene).trim());
        if self.progress.is_some() {
            return Action::None;
        }
        if path.file_name().is_none() {
            self.error = Some(WriteError::Other(scene.t.files.outgoing.not_a_file.to_owned()));
            return Action::focus(PATH_FIELD);
        }
        self.error = None;
        if self.kind == Kind::Training {
            return self.write_training(path, scene);
        }
        let progress = Arc::new(Progress::default());
        self.progress = Some(Arc::clone(&progress));
        let (book, authority) = match (self.chosen(), self.is_published) {
            (Some(packed), _) => (&packed.book, packed.authority),
            (None, true) => (&scene.bench.published().book, scene.authority.cvr),
            (None, false) => (scene.bench.book(), scene.authority.cvr),
        };
        let request = WriteRequest {
            kind: self.output_kind(scene),
            book: Arc::clone(book),
            authority,
            kle: Arc::clone(scene.kle),
            path,
            may_replace: self.is_chosen,
            progress,
        };
        let path = request.path.clone();
        Action::perform(Services::write_file(request), move |done| OutgoingMessage::Done(path.clone(), done))
    }

    fn write_training(&mut self, path: PathBuf, scene: Scene<'_>) -> Action<OutgoingMessage> {
        let order = match self.training.read() {
            Ok(order) => order,
            Err(field) => return Action::focus(field),
        };
        let progress = Arc::new(Progress::default());
        self.progress = Some(Arc::clone(&progress));
        let book = if self.is_published { &scene.bench.published().book } else { scene.bench.book() };
        let request = PackageRequest { order, book: Arc::clone(book), path, may_replace: self.is_chosen, progress };
        let path = request.path.clone();
        let write = |services: Arc<Services>| services.write_training_package(request);
        scene.serve(write, move |packed| OutgoingMessage::Packed(path.clone(), packed))
    }

    /// The rules that the package is limited to, if it is.
    fn chosen(&self) -> Option<&Packed> {
        self.packed.as_ref().filter(|_| self.kind == Kind::Package && self.only_chosen)
    }

    fn output_kind(&self, scene: Scene<'_>) -> OutputKind {
        match self.kind {
            Kind::Workbook => OutputKind::Workbook,
            Kind::Csv(kind) => OutputKind::Csv(kind),
            // A package for training is written in a way of its own.
            Kind::Configuration | Kind::Training => OutputKind::Configuration,
            Kind::Package => OutputKind::Package {
                environment: self.environment.clone(),
                rules: self.chosen().map(|packed| packed.rules.clone()),
                made_at: scene.now,
            },
        }
    }

    fn written_path(&self, scene: Scene<'_>) -> String {
        self.path.clone().unwrap_or_else(|| documents().join(self.kind.file_name(scene)).display().to_string())
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, OutgoingMessage> {
        let t = &scene.t.files.outgoing;
        let kinds = Kind::ALL.map(|kind| Choice::new(kind, kind.words(scene.t)));
        let words = ("", choice_words(scene.t));
        let about = Field::new(t.what).hint(self.kind.hint(scene.t).to_owned());
        let kinds = choice_field(about, KIND_FIELD, kinds, Some(&self.kind), words, OutgoingMessage::Kind);
        let training =
            (self.kind == Kind::Training).then(|| self.training.view(scene.t).map(OutgoingMessage::Training));
        let content: Element<'a, OutgoingMessage> = if let Some(progress) = &self.progress {
            writing(progress, scene.t)
        } else {
            column![kinds, self.package(scene), self.source(scene), training, self.place(scene)]
                .spacing(FIELD_SPACING)
                .into()
        };
        let content =
            column![heading(t.title), with_words(t.about, scene.t.language).tone(theme::muted), content].spacing(16);
        container(content).padding(20).width(Fill).style(theme::card).into()
    }

    /// The choice between the draft and the publication in force, where they differ.
    fn source<'a>(&self, scene: Scene<'a>) -> Option<Element<'a, OutgoingMessage>> {
        let t = &scene.t.files.outgoing;
        if scene.bench.insight().differences.is_empty() || self.chosen().is_some() {
            return None;
        }
        let published = (t.publication)(scene.bench.published().number.get());
        let choices = [(false, t.draft.to_owned()), (true, published)].map(|(value, words)| Choice::new(value, words));
        let words = ("", choice_words(scene.t));
        let about = Field::new(t.source);
        Some(choice_field(about, SOURCE_FIELD, choices, Some(&self.is_published), words, OutgoingMessage::Published))
    }

    fn package<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, OutgoingMessage>> {
        if self.kind != Kind::Package {
            return None;
        }
        let t = &scene.t.files.outgoing;
        let environment = text_field(
            Field::new(t.environment),
            ENVIRONMENT_FIELD,
            t.environment_example,
            &self.environment,
            OutgoingMessage::Environment,
            OutgoingMessage::Write,
        );
        let rules = self.packed.as_ref().map(|packed| {
            let choices =
                [(true, t.chosen_rules.of(packed.rules.len())), (false, t.all_rules.of(scene.authority.rules.len()))];
            let choices = choices.map(|(value, words)| Choice::new(value, words));
            let words = ("", choice_words(scene.t));
            let about = Field::new(scene.t.rules.title);
            choice_field(about, RULES_FIELD, choices, Some(&self.only_chosen), words, OutgoingMessage::OnlyChosen)
        });
        Some(column![environment, rules].spacing(FIELD_SPACING).into())
    }

    fn place<'a>(&'a self, scene: Scene<'a>) -> Element<'a, OutgoingMessage> {
        let t = &scene.t.files.outgoing;
        let field = text_input("", &self.written_path(scene))
            .id(PATH_FIELD)
            .on_input(OutgoingMessage::Path)
            .on_submit(OutgoingMessage::Write)
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(self.error.is_some()));
        let browse = plain_button(t.browse).style(theme::secondary).on_press(OutgoingMessage::Browse);
        let label = text(t.file).size(theme::SMALL).font(theme::SEMIBOLD);
        let error = self.error.as_ref().map(|error| text(error.words()).size(theme::SMALL).style(theme::bad));
        let write = labelled_button(Icon::Download, t.write).style(theme::primary).on_press(OutgoingMessage::Write);
        let replace = matches!(self.error, Some(WriteError::Exists(_)))
            .then(|| plain_button(t.replace).style(theme::danger).on_press(OutgoingMessage::Replace));
        column![
            column![label, row![field, browse].spacing(8).align_y(Center), error].spacing(4),
            row![write, replace].spacing(8),
        ]
        .spacing(14)
        .into()
    }
}

/// How far the writing has come, as far as that is known.
fn writing<'a>(progress: &Progress, t: &'static Texts) -> Element<'a, OutgoingMessage> {
    let percent = progress.all().map(|all| (progress.done().min(all) * 100 / all).min(100));
    let percent = percent.and_then(|percent| u8::try_from(percent).ok());
    let bar = percent.map(|percent| progress_bar(0.0..=100.0, f32::from(percent)).girth(6));
    let share = percent.map(|percent| note((t.files.incoming.progress)(Some(percent))));
    let stop = plain_button(t.files.incoming.stop).style(theme::secondary).on_press(OutgoingMessage::Stop);
    let words = column![text(t.files.outgoing.writing), share].spacing(2).width(Fill);
    column![row![words, stop].spacing(12).align_y(Center), bar].spacing(12).into()
}

fn written_words(path: &Path, written: WrittenPackage, scene: Scene<'_>) -> String {
    let t = &scene.t.training_packages;
    let (messages, calls) = (t.message_count.of(written.messages), t.call_count.of(written.calls));
    let words = (t.written)(&path.display().to_string(), &messages, &calls);
    if written.left_out == 0 { words } else { format!("{words}. {}", (t.left_out)(written.left_out)) }
}
