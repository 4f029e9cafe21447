//! Saving and printing a document, whatever it says.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{column, container, row, text, text_input};
use iced::{Center, Element};
use lucide_icons::Icon;

use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{PaperFormat, PaperRequest, Printed, Services, documents};
use crate::desktop::theme;
use crate::desktop::widget::{icon_button, labelled_button, note, plain_button};
use crate::document::Document;

/// The id of the field for the path of the file.
pub(in crate::desktop) const PATH_FIELD: &str = "paper-path";

/// What is being done with a document.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Paper {
    form: Option<Form>,
    is_busy: bool,
}

/// Where a document is to be saved.
#[derive(Debug)]
struct Form {
    format: PaperFormat,
    path: String,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    error: Option<String>,
}

#[derive(Debug, Clone)]
pub enum PaperMessage {
    /// Ask where to save it.
    Save(PaperFormat),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    Leave,
    Print,
    Written(Result<PathBuf, Error>),
    Printed(Result<Printed, Error>),
}

impl Paper {
    /// Handles a message. `document` makes the document, and `name` is that of its file, without an ending.
    pub fn update(
        &mut self,
        message: PaperMessage,
        document: impl FnOnce() -> Option<Arc<Document>>,
        name: &str,
        scene: Scene<'_>,
    ) -> Action<PaperMessage> {
        let p = &scene.t.paper;
        match message {
            PaperMessage::Save(format) => {
                let path = documents().join(format!("{name}.{}", format.ending())).display().to_string();
                self.form = Some(Form { format, path, is_chosen: false, error: None });
                return Action::focus(PATH_FIELD);
            }
            PaperMessage::Leave => self.form = None,
            PaperMessage::Print if !self.is_busy => {
                let Some(document) = document() else { return Action::None };
                self.is_busy = true;
                return scene.serve(move |services| services.print_document(document), PaperMessage::Printed);
            }
            PaperMessage::Print => {}
            PaperMessage::Printed(printed) => {
                self.is_busy = false;
                match printed {
                    Ok(printed) => return Action::notify(if printed == Printed::Sent { p.sent } else { p.shown }),
                    Err(error) => return Action::show_error(error),
                }
            }
            PaperMessage::Written(written) => {
                self.is_busy = false;
                match written {
                    Ok(path) => {
                        self.form = None;
                        return Action::notify((p.written)(&path.display().to_string()));
                    }
                    Err(error) => {
                        if let Some(form) = &mut self.form {
                            form.error = Some((scene.t.error)(&error));
                        }
                    }
                }
            }
            of_form => return self.update_form(of_form, document, name, scene),
        }
        Action::None
    }

    fn update_form(
        &mut self,
        message: PaperMessage,
        document: impl FnOnce() -> Option<Arc<Document>>,
        name: &str,
        scene: Scene<'_>,
    ) -> Action<PaperMessage> {
        let p = &scene.t.paper;
        let Some(form) = &mut self.form else { return Action::None };
        match message {
            PaperMessage::Path(path) => (form.path, form.is_chosen, form.error) = (path, false, None),
            PaperMessage::Browse => {
                let place = Services::choose_place(format!("{name}.{}", form.format.ending()));
                return Action::perform(place, PaperMessage::Browsed);
            }
            PaperMessage::Browsed(Some(path)) => {
                (form.path, form.is_chosen, form.error) = (path.display().to_string(), true, None);
            }
            PaperMessage::Browsed(None) => {
                form.error = Some(p.no_file.to_owned());
                return Action::focus(PATH_FIELD);
            }
            PaperMessage::Write if !self.is_busy => {
                let path = PathBuf::from(form.path.trim());
                if path.file_name().is_none() {
                    form.error = Some(p.not_a_file.to_owned());
                    return Action::focus(PATH_FIELD);
                }
                let Some(document) = document() else { return Action::None };
                let request = PaperRequest { document, format: form.format, path, may_replace: form.is_chosen };
                (self.is_busy, form.error) = (true, None);
                return scene.serve(move |_| Services::write_document(request), PaperMessage::Written);
            }
            _ => {}
        }
        Action::None
    }

    /// Closes the form; `false` where none is open.
    pub fn leave(&mut self) -> bool {
        self.form.take().is_some()
    }

    /// The buttons that save and print.
    pub fn buttons<'a>(&self, is_narrow: bool, scene: Scene<'a>) -> Element<'a, PaperMessage> {
        let p = &scene.t.paper;
        let when_free = |message| (!self.is_busy).then_some(message);
        let pdf = labelled_button(Icon::FileDown, p.save_pdf).style(theme::secondary);
        let page = labelled_button(Icon::Globe, p.save_page).style(theme::secondary);
        let print = labelled_button(Icon::Printer, p.print).style(theme::secondary);
        let pdf = pdf.on_press_maybe(when_free(PaperMessage::Save(PaperFormat::Pdf)));
        let page = page.on_press_maybe(when_free(PaperMessage::Save(PaperFormat::Page)));
        let print = print.on_press_maybe(when_free(PaperMessage::Print));
        let buttons = row![pdf, page, print].spacing(8);
        if is_narrow { buttons.wrap().into() } else { buttons.into() }
    }

    /// The form, while it is open.
    pub fn form<'a>(&'a self, is_narrow: bool, scene: Scene<'a>) -> Option<Element<'a, PaperMessage>> {
        let (p, form) = (&scene.t.paper, self.form.as_ref()?);
        let title = match form.format {
            PaperFormat::Pdf => p.save_pdf,
            PaperFormat::Page => p.save_page,
        };
        let close = icon_button(Icon::X, scene.t.close).on_press(PaperMessage::Leave);
        let title = container(text(title).font(theme::SEMIBOLD)).width(iced::Fill);
        let head = row![title, close].align_y(Center);
        let path = text_input(p.file, &form.path)
            .id(PATH_FIELD)
            .on_input(PaperMessage::Path)
            .on_submit(PaperMessage::Write)
            .padding([5, 9])
            .size(theme::BODY)
            .style(theme::input(form.error.is_some()));
        let browse = plain_button(p.browse).style(theme::secondary).on_press(PaperMessage::Browse);
        let write = labelled_button(Icon::Download, p.write).style(theme::primary);
        let write = write.on_press_maybe((!self.is_busy).then_some(PaperMessage::Write));
        let fields: Element<'a, PaperMessage> = if is_narrow {
            column![path, row![browse, write].spacing(8)].spacing(8).into()
        } else {
            row![path, browse, write].spacing(8).align_y(Center).into()
        };
        let busy = self.is_busy.then(|| note(p.working));
        let error = form.error.as_ref().map(|error| text(error).size(theme::SMALL).style(theme::bad));
        let form = column![head, fields, busy, error].spacing(6).padding(12);
        Some(container(form).width(iced::Fill).style(theme::card).into())
    }
}
