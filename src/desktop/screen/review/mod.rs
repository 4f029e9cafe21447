//! *Gennemsyn*: who receives what, as a document that somebody looks through and signs, and when that was done.

use std::sync::Arc;

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::action::Action;
use super::command::{Command, Standard};
use super::contract::Screen;
use super::part::document_view::document_view;
use super::part::map::{MapLayout, MapMarks, MapView, StandingOut, draw};
use super::part::paper::{Paper, PaperMessage};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::format::date_text;
use crate::desktop::model::error::Error;
use crate::desktop::model::map::Focus;
use crate::desktop::model::preferences::{Preferences, ThemeChoice};
use crate::desktop::printed::{Maker, Map, ReviewInput, review_document};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::{PaperFormat, ReviewMaterial, ReviewRequest};
use crate::desktop::theme;
use crate::desktop::widget::{heading, horizontal_line, icon, labelled_button, note, one_line, vertical_line};
use crate::document::Document;
use crate::picture::{Palette, Picture, Size};
use crate::rules::{Cvr, FindingKind};
use crate::store::{PublicationNumber, RecordedReview, RouterSettings};

/// The id of what is read.
const PREVIEW: &str = "review-preview";
/// From this width on, the earlier reviews stand beside the document.
const ROOMY: f32 = 900.0;
const PAST_WIDTH: f32 = 260.0;
/// The document is no wider than this, as on paper.
const PAPER_WIDTH: f32 = 820.0;

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ReviewScreen {
    material: Option<Arc<ReviewMaterial>>,
    document: Option<Arc<Document>>,
    paper: Paper,
    /// What the document is of that is being saved or printed.
    making: Option<ReviewOf>,
    /// What the last document was of that was saved or printed, until that is recorded.
    made: Option<ReviewOf>,
    /// What was read last, or is being read.
    asked: Option<ReviewOf>,
    is_reading: bool,
    /// What was asked for while something else was being read.
    is_stale: bool,
}

/// What a review is of. That of one authority, day or publication is not that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ReviewOf {
    authority: Cvr,
    day: Date,
    publication: PublicationNumber,
}

#[derive(Debug, Clone)]
pub enum Message {
    Gathered(Result<Arc<ReviewMaterial>, Error>),
    Paper(PaperMessage),
    /// Record that what the document says has been looked through.
    Record,
    Recorded(Result<Vec<RecordedReview>, Error>),
}

/// The width of the map, and the height of one of its rules, in logical pixels; it fits on a page of paper.
const MAP_WIDTH: f32 = 690.0;
const RULE_HEIGHT: f32 = 30.0;
const MAP_HEIGHTS: (f32, f32) = (240.0, 860.0);

/// The map of the published rules that a review shows.
fn map(material: &ReviewMaterial, scene: Scene<'_>) -> Option<Map> {
    let (mail, authority) = (material.mail.as_ref()?, material.book.authority(material.request.authority)?);
    let never = material.findings.iter().filter_map(|finding| match &finding.kind {
        FindingKind::Never { rule, .. } if finding.authority == Some(authority.cvr) => Some(*rule),
        _ => None,
    });
    let marks = MapMarks { never: never.collect(), ..MapMarks::default() };
    #[expect(clippy::cast_precision_loss, reason = "a page is not so high")]
    let height = (authority.rules.len() as f32 * RULE_HEIGHT).clamp(MAP_HEIGHTS.0, MAP_HEIGHTS.1);
    let view = MapView {
        size: Size::new(MAP_WIDTH, height),
        focus: Focus::default(),
        is_by_mail: true,
        shows_changes: false,
        also: Vec::new(),
        is_small: false,
    };
    let scene = Scene { authority, ..scene };
    let layout = MapLayout::of(mail, view, marks, scene);
    let palette = theme::picture_palette(ThemeChoice::Light);
    let page = palette.surface;
    Some((Picture::clone(&draw(&layout, StandingOut::default(), scene).picture), Palette { page, ..palette }))
}

impl ReviewScreen {
    fn gather(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.is_reading {
            self.is_stale = true;
            return Action::None;
        }
        (self.is_reading, self.is_stale, self.asked) = (true, false, Some(wanted(scene)));
        let request = ReviewRequest { authority: scene.authority.cvr, day: scene.day(), now: scene.now };
        scene.serve(move |services| services.review(request), Message::Gathered)
    }

    fn make(&mut self, scene: Scene<'_>) {
        let Some(material) = &self.material else { return };
        let input = ReviewInput {
            t: scene.t,
            language: scene.t.language,
            material,
            kle: scene.kle,
            maker: Maker { user: scene.user, now: scene.now },
            unpublished: scene.bench.insight().differences.len(),
            map: map(material, scene),
        };
        self.document = review_document(input).map(Arc::new);
    }

    /// What the review that is shown is of.
    fn shown(&self) -> Option<ReviewOf> {
        self.material.as_ref().map(|material| {
            let ReviewRequest { authority, day, .. } = material.request;
            ReviewOf { authority, day, publication: material.publication.number }
        })
    }

    /// Whether what is shown is of what applies now.
    fn is_current(&self, scene: Scene<'_>) -> bool {
        self.shown() == Some(wanted(scene))
    }

    /// Whether the very document that is shown has been saved or printed, and is not recorded yet.
    fn is_made(&self) -> bool {
        self.made.is_some() && self.made == self.shown()
    }

    fn use_paper(&mut self, message: PaperMessage, scene: Scene<'_>) -> Action<Message> {
        match &message {
            // Made anew, so that it says when, and in the language of now.
            PaperMessage::Write | PaperMessage::Print => {
                self.make(scene);
                self.making = self.shown();
            }
            PaperMessage::Written(Ok(_)) | PaperMessage::Printed(Ok(_)) => self.made = self.making,
            _ => {}
        }
        let day = self.material.as_ref().map_or(scene.today, |material| material.request.day);
        let name = format!("{}-{day}", scene.t.review.file_name);
        let document = || self.document.clone();
        self.paper.update(message, document, &name, scene).map(Message::Paper)
    }

    fn head<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let r = &scene.t.review;
        let is_narrow = scene.size.width < ROOMY;
        let titles =
            column![one_line(r.title).bold().size(theme::TITLE), explained(r.about, scene.t.language)].spacing(2);
        let buttons = self.document.is_some().then(|| self.paper.buttons(is_narrow, scene).map(Message::Paper));
        let head: Element<'a, Message> = if is_narrow {
            column![titles, buttons].spacing(10).into()
        } else {
            row![titles.width(Fill), buttons].spacing(12).align_y(Center).into()
        };
        column![container(head).padding([16, 20]), horizontal_line()].into()
    }

    /// What there is to record, once the document has been made.
    fn to_record<'a>(&self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let (r, material) = (&scene.t.review, self.material.as_ref().filter(|_| self.is_made())?);
        let day = date_text(material.request.day);
        let words = (r.to_record)(material.publication.number.get(), &day, scene.user);
        let record = labelled_button(Icon::ClipboardCheck, r.record).style(theme::primary).on_press(Message::Record);
        let line = row![text(words).width(Fill), record].spacing(12).align_y(Center).padding(12);
        Some(container(line).width(Fill).style(theme::card).into())
    }

    fn past<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let r = &scene.t.review;
        let reviews = self.material.as_ref().map(|material| material.reviews.as_slice()).unwrap_or_default();
        let last = reviews.first().map(|last| (last.reviewed_on(), last.reviewed_by.as_str()));
        let sentence = r.last.sentence(last, scene.today);
        let lines = reviews.iter().map(|review| {
            let who = if review.reviewed_by.is_empty() { scene.t.paper.unknown } else { &review.reviewed_by };
            let reviewed_on = review.reviewed_on();
            let of_day = (review.day != reviewed_on).then(|| note((r.past_day)(&date_text(review.day))));
            let words = column![
                text((r.past_line)(&date_text(reviewed_on), who)),
                note((r.past_publication)(review.publication.get())),
                of_day
            ];
            row![icon(Icon::ClipboardCheck).size(15).style(theme::muted), words].spacing(8).into()
        });
        let lines = Column::with_children(lines).spacing(10);
        let hint = (!self.is_made()).then(|| explained(r.not_made, scene.t.language));
        column![heading(r.past), text(sentence).style(theme::muted), hint, lines].spacing(12).into()
    }
}

/// What a review made now would be of.
fn wanted(scene: Scene<'_>) -> ReviewOf {
    let publication = scene.bench.published().number;
    ReviewOf { authority: scene.authority.cvr, day: scene.day(), publication }
}

impl Screen for ReviewScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ClipboardCheck;
    const KEYWORDS: &'static str =
        "gennemgang revision kontrol tilsyn dokument pdf udskriv review audit document print";

    fn title(t: &'static Texts) -> &'static str {
        t.review.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Gathered(gathered) => {
                self.is_reading = false;
                match gathered {
                    Ok(material) => {
                        self.material = Some(material);
                        self.make(scene);
                    }
                    Err(error) => return Action::show_error(error),
                }
                if self.is_stale {
                    return self.gather(scene);
                }
            }
            Message::Paper(message) => return self.use_paper(message, scene),
            Message::Record => {
                let Some(material) = self.material.as_ref().filter(|_| self.is_made()) else { return Action::None };
                self.made = None;
                let review = RecordedReview {
                    authority: material.request.authority,
                    reviewed_at: scene.now,
                    reviewed_by: scene.user.to_owned(),
                    publication: material.publication.number,
                    day: material.request.day,
                };
                return scene.serve(move |services| services.record_review(review), Message::Recorded);
            }
            Message::Recorded(Ok(_)) => {
                return Action::notify(scene.t.review.recorded).then(self.gather(scene));
            }
            Message::Recorded(Err(error)) => {
                self.made = self.shown();
                return Action::show_error(error);
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let form = self.paper.form(scene.size.width < ROOMY, scene).map(|form| form.map(Message::Paper));
        let to_record = self.to_record(scene);
        let above = (form.is_some() || to_record.is_some())
            .then(|| column![form, to_record].spacing(10).padding(iced::Padding::new(20.0).bottom(0)));
        let document: Element<'a, Message> = match &self.document {
            Some(document) => document_view(document, scene.t),
            None => note(scene.t.review.working_out).into(),
        };
        let paper = container(document).padding(28).max_width(PAPER_WIDTH).width(Fill).style(theme::card);
        let is_roomy = scene.size.width >= ROOMY;
        let past = (!is_roomy).then(|| container(self.past(scene)).padding(16).width(Fill).style(theme::card));
        let read = column![past, container(paper).center_x(Fill)].spacing(14).padding(20);
        let read = scrollable(read).id(PREVIEW).width(Fill).height(Fill).style(theme::scrollbar);
        let read = column![above, read].width(Fill);
        let beside = is_roomy.then(|| {
            let past = scrollable(container(self.past(scene)).padding(20)).style(theme::scrollbar).height(Fill);
            row![vertical_line(), container(past).width(PAST_WIDTH).height(Fill).style(theme::panel)]
        });
        column![self.head(scene), row![read, beside]].into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.gather(scene)
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.is_current(scene) { Action::None } else { self.gather(scene) }
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        // What could not be read is not asked for again and again.
        let is_asked = self.asked == Some(wanted(scene));
        if self.is_reading || is_asked || self.is_current(scene) {
            return Action::None;
        }
        self.gather(scene)
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        (standard == Standard::Leave).then(|| Action::Send(Message::Paper(PaperMessage::Leave)))
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let p = &scene.t.paper;
        let words = |words: &str| format!("{}: {words}", scene.t.review.title);
        let save = |format| Message::Paper(PaperMessage::Save(format));
        let keywords = "gem eksport dokument save export document";
        self.document
            .iter()
            .flat_map(|_| {
                [
                    Command::new(Icon::FileDown, words(p.save_pdf), keywords, save(PaperFormat::Pdf)),
                    Command::new(Icon::Globe, words(p.save_page), keywords, save(PaperFormat::Page)),
                    Command::new(
                        Icon::Printer,
                        words(p.print),
                        "printer papir paper",
                        Message::Paper(PaperMessage::Print),
                    ),
                ]
            })
            .collect()
    }
}
